

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;

CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);

CREATE TABLE public.backups (
    path text NOT NULL,
    made_at text NOT NULL
);

CREATE TABLE public.conversation_ids (
    id text NOT NULL,
    conversation text NOT NULL
);

CREATE TABLE public.conversations (
    id text NOT NULL,
    seq integer NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    source text NOT NULL,
    started_at text,
    said_on text,
    series integer,
    turns integer NOT NULL,
    participants text NOT NULL,
    coverage text NOT NULL,
    warnings text NOT NULL,
    unprocessed text NOT NULL,
    engine text NOT NULL,
    content text NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    forgotten_at text,
    erased_at text
);

CREATE TABLE public.deliveries (
    digest text NOT NULL,
    target text NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    problem text,
    created_at text NOT NULL,
    sent_at text,
    CONSTRAINT ck_deliveries_state CHECK ((state = ANY (ARRAY['pending'::text, 'sent'::text, 'given_up'::text])))
);

CREATE TABLE public.digests (
    id text NOT NULL,
    seq integer NOT NULL,
    after_event integer NOT NULL,
    last_event integer NOT NULL,
    made_at text NOT NULL
);

CREATE TABLE public.erased_names (
    person integer NOT NULL,
    salt text NOT NULL,
    digest text NOT NULL
);

CREATE TABLE public.events (
    seq integer NOT NULL,
    at text NOT NULL,
    actor text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    payload text NOT NULL,
    previous text NOT NULL,
    hash text NOT NULL
);

CREATE TABLE public.evidence (
    record text NOT NULL,
    number integer NOT NULL,
    role text NOT NULL,
    turn integer NOT NULL,
    start_char integer NOT NULL,
    end_char integer NOT NULL,
    quote text NOT NULL,
    speaker text,
    "time" text,
    located boolean NOT NULL
);

CREATE TABLE public.links (
    id text NOT NULL,
    from_record text NOT NULL,
    to_record text NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    confidence double precision,
    judge text NOT NULL,
    from_quote integer,
    to_quote integer,
    created_at text NOT NULL,
    decided_at text,
    CONSTRAINT ck_links_kind CHECK ((kind = ANY (ARRAY['supersedes'::text, 'duplicates'::text, 'contradicts'::text, 'answers'::text, 'implements'::text, 'relates'::text]))),
    CONSTRAINT ck_links_state CHECK ((state = ANY (ARRAY['suggested'::text, 'confirmed'::text, 'rejected'::text])))
);

CREATE TABLE public.meta (
    key text NOT NULL,
    value text NOT NULL
);

CREATE TABLE public.outbox (
    kind text NOT NULL,
    subject text NOT NULL,
    seq integer NOT NULL,
    CONSTRAINT ck_outbox_kind CHECK ((kind = ANY (ARRAY['record'::text, 'conversation'::text, 'linking'::text])))
);

CREATE TABLE public.participants (
    conversation text NOT NULL,
    participant text NOT NULL,
    person integer NOT NULL
);

CREATE TABLE public.people (
    id integer NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    erased_at text
);

CREATE TABLE public.quarantine (
    origin text NOT NULL,
    version text NOT NULL,
    label text NOT NULL,
    reason text NOT NULL,
    since text NOT NULL,
    last_at text NOT NULL,
    attempts integer NOT NULL
);

CREATE TABLE public.record_people (
    record text NOT NULL,
    role text NOT NULL,
    person integer NOT NULL
);

CREATE TABLE public.records (
    id text NOT NULL,
    seq integer NOT NULL,
    conversation text NOT NULL,
    type text NOT NULL,
    state text NOT NULL,
    status text,
    text text NOT NULL,
    topic text,
    said_on text NOT NULL,
    due_on text,
    confidence double precision,
    body text NOT NULL,
    version integer NOT NULL,
    found boolean NOT NULL,
    touched boolean NOT NULL,
    merged_into text,
    engine text NOT NULL,
    created_at text NOT NULL,
    updated_at text NOT NULL,
    reviewed_at text,
    erased_at text,
    CONSTRAINT ck_records_state CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'merged'::text]))),
    CONSTRAINT ck_records_type CHECK ((type = ANY (ARRAY['decision'::text, 'action_item'::text, 'open_question'::text])))
);

CREATE TABLE public.records_fts (
    seq integer NOT NULL,
    words tsvector NOT NULL
);

CREATE TABLE public.reviews (
    seq integer NOT NULL,
    record text NOT NULL,
    verdict text NOT NULL,
    reviewer text NOT NULL,
    at text NOT NULL,
    comment text
);

CREATE TABLE public.revisions (
    id text NOT NULL,
    record text NOT NULL,
    content text NOT NULL,
    fields text NOT NULL,
    state text NOT NULL,
    engine text NOT NULL,
    created_at text NOT NULL,
    decided_at text,
    CONSTRAINT ck_revisions_state CHECK ((state = ANY (ARRAY['suggested'::text, 'accepted'::text, 'dismissed'::text, 'withdrawn'::text])))
);

CREATE TABLE public.runs (
    id text NOT NULL,
    started_at text NOT NULL,
    finished_at text,
    exit_code integer,
    first_event integer NOT NULL,
    last_event integer,
    facts text NOT NULL
);

CREATE TABLE public.salts (
    subject text NOT NULL,
    salt text NOT NULL
);

CREATE TABLE public.series (
    id integer NOT NULL,
    key text NOT NULL,
    title text NOT NULL,
    created_at text NOT NULL
);

CREATE TABLE public.source_conversations (
    origin text NOT NULL,
    conversation text NOT NULL
);

CREATE TABLE public.sources (
    origin text NOT NULL,
    version text NOT NULL,
    engine text NOT NULL,
    label text NOT NULL,
    read_at text NOT NULL,
    complete boolean NOT NULL,
    problem text,
    attempts integer NOT NULL
);

CREATE TABLE public.turns (
    conversation text NOT NULL,
    number integer NOT NULL,
    speaker text,
    text text NOT NULL,
    rest text NOT NULL
);

CREATE TABLE public.vectors (
    record text NOT NULL,
    embedder text NOT NULL,
    vector bytea NOT NULL
);

CREATE TABLE public.versions (
    record text NOT NULL,
    version integer NOT NULL,
    content text NOT NULL,
    at text NOT NULL,
    actor text NOT NULL,
    engine text NOT NULL
);

INSERT INTO public.alembic_version VALUES ('0001');

INSERT INTO public.backups VALUES ('/var/backups/decisions/log.db', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.conversation_ids VALUES ('m-0', 'm-0');
INSERT INTO public.conversation_ids VALUES ('m-1', 'm-1');
INSERT INTO public.conversation_ids VALUES ('m-3', 'm-3');
INSERT INTO public.conversation_ids VALUES ('m-2', 'm-2');

INSERT INTO public.conversations VALUES ('m-0', 1, 'meeting', 'Shed steering 0', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '43ccf8fc570eff896675dae347e73df2ba003a5b8dff05cc8a3ca125f0bcc598', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-1', 2, 'meeting', 'Shed steering 1', 'test.vtt', '"2026-03-11"', '2026-03-11', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '49ad4d0d598685fdc4236ba223c555a8ac3c97c53e7bc1be465c300c5da43d06', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-2', 3, 'meeting', 'Shed steering 2', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 1, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":34,"set_aside":[],"used":34}', '[]', '[]', 'scripted/none/1', 'b7da6091bae4d9aef9e7381a261be3b890c3ff32f53bf2b62a2dec750ac3a9f5', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-3', 4, 'meeting', 'Shed steering 3', 'test.vtt', '"2026-03-25"', '2026-03-25', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '36bcbb52279cb9941514ca8b99bdb53dbf5d67d830d6da50312e1871f85bb29c', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);

INSERT INTO public.deliveries VALUES ('digest-61cae824bfc16e3e-1', 'file-acf7e406b3b7', 'pending', 0, NULL, '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.digests VALUES ('digest-61cae824bfc16e3e-1', 1, 0, 41, '2026-04-01T03:00:00.000000Z');

INSERT INTO public.erased_names VALUES (4, '7016ffbab675bfc8dcd8d0a109977908adf207e71c5f600e7699573ea53a64cb', '937ebe86aa5fb917b7e2fe5cd6901dd3f074b1c7ec222767fa0265bb8358c287');

INSERT INTO public.events VALUES (1, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:1', '{"content":"b1977038d48a5bdf1c8d9358140dc929086db8890e2c0da3bf0d14eeee5e70ee","engine":"scripted/none/1","turns":4}', '0000000000000000000000000000000000000000000000000000000000000000', '5d1f15f1eb530274bf037a5b5cc782ccc1fbc967a3437d719f8af55f267f3382');
INSERT INTO public.events VALUES (2, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-565d626bfc6fa3eb', '{"content":"293fd80d38a8c8675383f874e668f3ffeedf03eb9201462c9a997df68e6bf84e","conversation":1,"state":"proposed","type":"decision"}', '5d1f15f1eb530274bf037a5b5cc782ccc1fbc967a3437d719f8af55f267f3382', '394deff956887b45b9d5331252bf8a74eca616200fd335c88ad9382cedb1d566');
INSERT INTO public.events VALUES (3, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-3e578eccc60fcbee', '{"content":"2e2edba7f74f8328f595bc66a960ba4467136f5c93b05ce037e74ac93a394577","conversation":1,"state":"proposed","type":"action_item"}', '394deff956887b45b9d5331252bf8a74eca616200fd335c88ad9382cedb1d566', '8581e51d52c674d0a1ee37842cdf42b1388bcf8c3310c4a250b0d0f80eb47156');
INSERT INTO public.events VALUES (4, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-eed6c1bd79a5ee8b', '{"content":"72622a1a6f43848fe36b91de17ad7aa813c25c7c6cd18e53b38a6670be7d5f2d","conversation":1,"state":"proposed","type":"open_question"}', '8581e51d52c674d0a1ee37842cdf42b1388bcf8c3310c4a250b0d0f80eb47156', '78523ac3d5dd130a9c866eeb596ea3612ea310022e6fbbc6bcbc1ae70b6556bd');
INSERT INTO public.events VALUES (5, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:40f5ac947e23352518186913fdc5dd5d', '{"complete":true,"content":"90f85b7db8df01f56a37f2a94887e3479c0d4c9aca0f8bd30fa800913a3c0343"}', '78523ac3d5dd130a9c866eeb596ea3612ea310022e6fbbc6bcbc1ae70b6556bd', '247e38f10a4a21829d097083375ea4816b86661fb2d8e839661e8ed4d533fc87');
INSERT INTO public.events VALUES (6, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:2', '{"content":"771c6bb2f61ee6c34a665f16588bc2193bea010f82f79908a9f9165d2cf3e0ae","engine":"scripted/none/1","turns":4}', '247e38f10a4a21829d097083375ea4816b86661fb2d8e839661e8ed4d533fc87', 'a5a43b2a452415b442acfeebabf382aa7d1ba6ffcbc1340f1580289cd848313c');
INSERT INTO public.events VALUES (7, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-e75e2d5e0c676597', '{"content":"fbe0b7bd817ee35093800d0654a8dc5e1ccf12fa7508d21d6a72ca58f0eb95b4","conversation":2,"state":"proposed","type":"decision"}', 'a5a43b2a452415b442acfeebabf382aa7d1ba6ffcbc1340f1580289cd848313c', '82c82a08842259ec81a20878dc189ffca299922205a76a26380ebe49c4a776ee');
INSERT INTO public.events VALUES (8, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-141d69c065c588a2', '{"content":"a4ad8173d9bebb14271624ea08610d1b7ee53aa3ea02e0341f2958762e1cc015","conversation":2,"state":"proposed","type":"action_item"}', '82c82a08842259ec81a20878dc189ffca299922205a76a26380ebe49c4a776ee', '2245777a5a0ac2e7d1a0315326a606ef374616e14277fc89f2bd44f29ddabc34');
INSERT INTO public.events VALUES (9, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-449b0049313ae80d', '{"content":"91f622e60db49e22351072f70046973ebac749947a1f913cf94116df4fa96375","conversation":2,"state":"proposed","type":"open_question"}', '2245777a5a0ac2e7d1a0315326a606ef374616e14277fc89f2bd44f29ddabc34', '9539ab4caab9aab2e6ae1443f7928d83a78466dd47156b26ec9b8a5bd9d4630e');
INSERT INTO public.events VALUES (10, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:1980ab836fcb79eb12582a0899b10b03', '{"complete":true,"content":"43b8359a25e008962224474878e3c25cdcb11d6941ce7377c058e3b200fbcdd0"}', '9539ab4caab9aab2e6ae1443f7928d83a78466dd47156b26ec9b8a5bd9d4630e', '50afdb8ec66f6af06f1159c67a427b246cbdabf459f5ec882c9a92eef7ada8e5');
INSERT INTO public.events VALUES (11, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:3', '{"content":"057de09daf0f8f741966f06960fdd09abe51ada335b9163057d2eaaadae78eaf","engine":"scripted/none/1","turns":4}', '50afdb8ec66f6af06f1159c67a427b246cbdabf459f5ec882c9a92eef7ada8e5', 'd9dcb279682710d75eab3be049db1d2ff04421057aff06a18f06d6f00e89f5e1');
INSERT INTO public.events VALUES (12, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-baf376de71ae0cfe', '{"content":"f44500e5e03812029910291ccf59c68af95f47a89865f96e609aceb1d4db09f7","conversation":3,"state":"proposed","type":"decision"}', 'd9dcb279682710d75eab3be049db1d2ff04421057aff06a18f06d6f00e89f5e1', 'e17ab2cd3e9855e89177ef10075438828f7a754e95c945a008b39c0fd064d2f9');
INSERT INTO public.events VALUES (13, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-1cd7a632353fb93c', '{"content":"07864f3fa396a97768d1659bff4657b3b1cb44feaf35e459588d25c8a13ce74a","conversation":3,"state":"proposed","type":"action_item"}', 'e17ab2cd3e9855e89177ef10075438828f7a754e95c945a008b39c0fd064d2f9', 'aced5c74e252254e53e9a5670c35ca21d821c4bf6c68e756327a87e9c1a9aeff');
INSERT INTO public.events VALUES (14, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-2e84d6b83e7c6329', '{"content":"1265e31c3feab2f67d483f9afac114b1cd28e048f9b1359b964846179af1eed0","conversation":3,"state":"proposed","type":"open_question"}', 'aced5c74e252254e53e9a5670c35ca21d821c4bf6c68e756327a87e9c1a9aeff', 'f49b0bb6cf300f98dbaa1e42d6e53d54aecc88b9f0d196eb98cc76f32dce9b99');
INSERT INTO public.events VALUES (15, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:5039014a1554e711f1772b3a59b6eb2c', '{"complete":true,"content":"cb5e7afc0eb67e02434c9e899320c018b807fc280d7c080a4155cac8ad432e3a"}', 'f49b0bb6cf300f98dbaa1e42d6e53d54aecc88b9f0d196eb98cc76f32dce9b99', '2ac11696fb65dc4f6bcec7f066b2dac5848728bdcdb30a1dd36f5b4e65487e41');
INSERT INTO public.events VALUES (16, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:4', '{"content":"b4c54835eb14d1d8ae1cf5c3ed23e5eb5d78567898f64251fa66d6d838233782","engine":"scripted/none/1","turns":4}', '2ac11696fb65dc4f6bcec7f066b2dac5848728bdcdb30a1dd36f5b4e65487e41', '4c567dac1c45a330b97c165e04109d17a4b3a5d087d30144d9792eb39a5f767e');
INSERT INTO public.events VALUES (17, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-ca6b0d18d9fbe1a6', '{"content":"0675df0301e33a6bc947c6b9b7d1ebd961165cdb3778985eefa6b29e3f37c110","conversation":4,"state":"proposed","type":"decision"}', '4c567dac1c45a330b97c165e04109d17a4b3a5d087d30144d9792eb39a5f767e', 'e46f455f47208dace276d327e5e5063dfc6bb3aef1bc585ae2daa91fabfb5bb2');
INSERT INTO public.events VALUES (18, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-e37d8fdcebbe6964', '{"content":"09b2ab9815a5f224ae65110a97845e3fce5d257a832b3648706833bf08b2c4bc","conversation":4,"state":"proposed","type":"action_item"}', 'e46f455f47208dace276d327e5e5063dfc6bb3aef1bc585ae2daa91fabfb5bb2', 'cef39d3589d4231bcfa34066725fd73310221ebec82e6b914c4538ec119f8562');
INSERT INTO public.events VALUES (19, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-9178292a5fa118aa', '{"content":"e22aa57483a44a4f631095596f1b118c09d026b1abde74216d72a9f7e16409a4","conversation":4,"state":"proposed","type":"open_question"}', 'cef39d3589d4231bcfa34066725fd73310221ebec82e6b914c4538ec119f8562', '4c61b2c64b2a8abf80c59f4b84bef2f52c82be6d5c0b9e9d5390ed1b88ca3f51');
INSERT INTO public.events VALUES (20, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:7ec3f63f6bcde725c7d01f1819c1cefa', '{"complete":true,"content":"1af9228af82451ea3cb219f251acfecf9caa75222212c3e5615c279cfa357dd0"}', '4c61b2c64b2a8abf80c59f4b84bef2f52c82be6d5c0b9e9d5390ed1b88ca3f51', '579058a809cfc430ef327a11fe6f07bd85e433e8360314fad3a9f49ea701f336');
INSERT INTO public.events VALUES (21, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.approved', 'd-565d626bfc6fa3eb', '{"before":"proposed"}', '579058a809cfc430ef327a11fe6f07bd85e433e8360314fad3a9f49ea701f336', '572be9e4b8840052f6f67a12c98793167ba4663d2888ff311defa6344e787362');
INSERT INTO public.events VALUES (22, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.rejected', 'a-141d69c065c588a2', '{"before":"proposed"}', '572be9e4b8840052f6f67a12c98793167ba4663d2888ff311defa6344e787362', 'c500f71f8f6e2128fe7bcfebfdf87dc2ebff9cf5e6d1c74db41bb8a673f7f0cb');
INSERT INTO public.events VALUES (23, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.edited', 'd-baf376de71ae0cfe', '{"content":"90ca3264f815dce69a3bf0a08c3644283cb87355012659042d2d90d4218606eb","fields":["statement"],"version":2}', 'c500f71f8f6e2128fe7bcfebfdf87dc2ebff9cf5e6d1c74db41bb8a673f7f0cb', 'c32973f4b37e3cb0b1bfaba07d8ae13c47023f62bcb3445fede4add9b260b954');
INSERT INTO public.events VALUES (24, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.merged', 'd-ca6b0d18d9fbe1a6', '{"into":"d-baf376de71ae0cfe"}', 'c32973f4b37e3cb0b1bfaba07d8ae13c47023f62bcb3445fede4add9b260b954', '8578cd4ec9018fb033e3fda4ec3be30d618241725f2092e65f8dbfed852e7156');
INSERT INTO public.events VALUES (25, '2026-04-01T03:00:00.000000Z', 'person:5', 'link.confirmed', 'l-6fe24055e3826fc7', '{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}', '8578cd4ec9018fb033e3fda4ec3be30d618241725f2092e65f8dbfed852e7156', '61a56bba26725a44b60982673cdc6e23eb6dc8c16ef546cfcbe962d575160a41');
INSERT INTO public.events VALUES (26, '2026-04-01T03:00:00.000000Z', 'machine', 'link.suggested', 'l-8ce0ffcd6b92cce5', '{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}', '61a56bba26725a44b60982673cdc6e23eb6dc8c16ef546cfcbe962d575160a41', '94b5f5a76a5715f288afa97e0888c42d26cc75b5b2df6ed7cf63241c9bb2c377');
INSERT INTO public.events VALUES (27, '2026-04-01T03:00:00.000000Z', 'machine', 'source.quarantined', 'source:4889ece302ec4fabaee3ee07cb38d0d6', '{"attempts":1,"content":"ee6aabe9805fda4dba43eee12da3fef14dcde57e3d72308d0e6c160d43f57a24"}', '94b5f5a76a5715f288afa97e0888c42d26cc75b5b2df6ed7cf63241c9bb2c377', 'cf66b1a1e0dd10723ef08221ffb30008637607c3cbd0b1cd4cdb6726132af401');
INSERT INTO public.events VALUES (28, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.grown', 'conversation:3', '{"content":"e0ddd176961f3da339f958501f913885810cc339d71f00f93d626340d9773d0c","engine":"scripted/none/1","turns":1}', 'cf66b1a1e0dd10723ef08221ffb30008637607c3cbd0b1cd4cdb6726132af401', '706fcccd04806fdc49daf9c8481c81ee62a0479786208bcb6a15b930b5db02e8');
INSERT INTO public.events VALUES (29, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'd-baf376de71ae0cfe', '{"content":"c60de3b591a3e233b49381915e4fd51e459d37e957f33813edc775238f74af68","lost":[]}', '706fcccd04806fdc49daf9c8481c81ee62a0479786208bcb6a15b930b5db02e8', 'b2cec02f226b832eb5f5c8c43712576661b67fd07433f7caa0c42901d2efd1a2');
INSERT INTO public.events VALUES (30, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'a-1cd7a632353fb93c', '{"content":"07864f3fa396a97768d1659bff4657b3b1cb44feaf35e459588d25c8a13ce74a","lost":[0]}', 'b2cec02f226b832eb5f5c8c43712576661b67fd07433f7caa0c42901d2efd1a2', 'af326161db01ad03a890b28e2be713033e0a1b3a777bee78eb4bcf392a6e2095');
INSERT INTO public.events VALUES (31, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'o-2e84d6b83e7c6329', '{"content":"1265e31c3feab2f67d483f9afac114b1cd28e048f9b1359b964846179af1eed0","lost":[0]}', 'af326161db01ad03a890b28e2be713033e0a1b3a777bee78eb4bcf392a6e2095', '0c7d412750c068abdedbbe467ac58d1886fbc8f08bcdfe7f280317b7bb39a6be');
INSERT INTO public.events VALUES (32, '2026-04-01T03:00:00.000000Z', 'machine', 'revision.suggested', 'd-baf376de71ae0cfe', '{"content":"8d57169c0f9f256d29efb1e4b21bd11a488aef4f8e3af9609731167f8bea2476","fields":["decided_by","statement"],"revision":"v-8d57169c0f9f256d"}', '0c7d412750c068abdedbbe467ac58d1886fbc8f08bcdfe7f280317b7bb39a6be', '5a6a3af1108cacd2da454535078d1555c5db1f2a0c4bee67e1f947be9f8e57d1');
INSERT INTO public.events VALUES (33, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'a-1cd7a632353fb93c', '{}', '5a6a3af1108cacd2da454535078d1555c5db1f2a0c4bee67e1f947be9f8e57d1', '4fa5130a3c26e41188e27fb09b6161ff230e345c58c3674686e0efb3006015e7');
INSERT INTO public.events VALUES (34, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'o-2e84d6b83e7c6329', '{}', '4fa5130a3c26e41188e27fb09b6161ff230e345c58c3674686e0efb3006015e7', '942735c8ab618d2be52b8a25013842a027f109e6454d4a0d9c1dc8e6875192a9');
INSERT INTO public.events VALUES (35, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:5039014a1554e711f1772b3a59b6eb2c', '{"complete":true,"content":"6d1fbeda56aae31965894a48ffa2da43cbc312bb81dad4cfd0336a4643747730"}', '942735c8ab618d2be52b8a25013842a027f109e6454d4a0d9c1dc8e6875192a9', 'd219bd09686979c076019f92169ef6793dc60c02ddc66ef9054e787c62b843a2');
INSERT INTO public.events VALUES (36, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:1', '{"content":"43ccf8fc570eff896675dae347e73df2ba003a5b8dff05cc8a3ca125f0bcc598","person":4}', 'd219bd09686979c076019f92169ef6793dc60c02ddc66ef9054e787c62b843a2', '6b34c4570db77422b105e91290061d3e902063ea5053568839688099d4ac9cae');
INSERT INTO public.events VALUES (37, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:2', '{"content":"49ad4d0d598685fdc4236ba223c555a8ac3c97c53e7bc1be465c300c5da43d06","person":4}', '6b34c4570db77422b105e91290061d3e902063ea5053568839688099d4ac9cae', 'df308fb2f651b742b9c76ba244a02e0dde03dc801a5660ffb0260844c4d4b72e');
INSERT INTO public.events VALUES (38, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:3', '{"content":"b7da6091bae4d9aef9e7381a261be3b890c3ff32f53bf2b62a2dec750ac3a9f5","person":4}', 'df308fb2f651b742b9c76ba244a02e0dde03dc801a5660ffb0260844c4d4b72e', '89760fad136b659af4ad649e3afda58abd982fb8df3ed368be00bcc4a9fb3eb8');
INSERT INTO public.events VALUES (39, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:4', '{"content":"36bcbb52279cb9941514ca8b99bdb53dbf5d67d830d6da50312e1871f85bb29c","person":4}', '89760fad136b659af4ad649e3afda58abd982fb8df3ed368be00bcc4a9fb3eb8', '47f708a8d4b950af9090f91a2cf74f3a681205d27bb6bfeced19cbcaa66ddd0f');
INSERT INTO public.events VALUES (40, '2026-04-01T03:00:00.000000Z', 'person:5', 'person.erased', 'person:4', '{"reason":"asked for"}', '47f708a8d4b950af9090f91a2cf74f3a681205d27bb6bfeced19cbcaa66ddd0f', '417951e64734e04f50ffba4006ce3343f8aa523f381b567a4b73749e3f2b4fd6');
INSERT INTO public.events VALUES (41, '2026-04-01T03:00:00.000000Z', 'machine', 'log.cleaned', 'log', '{"erasures":1}', '417951e64734e04f50ffba4006ce3343f8aa523f381b567a4b73749e3f2b4fd6', '8e030239b6bb49e2b283168eef66508b5ec415e194c0f8649c2d5bc7e6bc532c');

INSERT INTO public.evidence VALUES ('d-565d626bfc6fa3eb', 0, 'proposed', 0, 6, 20, 'paint the shed', 'ada-lund', NULL, true);
INSERT INTO public.evidence VALUES ('a-3e578eccc60fcbee', 0, 'proposed', 1, 2, 15, 'buy the paint', 'ben-ito', NULL, true);
INSERT INTO public.evidence VALUES ('o-eed6c1bd79a5ee8b', 0, 'proposed', 2, 0, 9, 'Who knows', 'cy-roe', NULL, true);
INSERT INTO public.evidence VALUES ('d-e75e2d5e0c676597', 0, 'proposed', 0, 6, 20, 'paint the shed', 'ada-lund', NULL, true);
INSERT INTO public.evidence VALUES ('a-141d69c065c588a2', 0, 'proposed', 1, 2, 15, 'buy the paint', 'ben-ito', NULL, true);
INSERT INTO public.evidence VALUES ('o-449b0049313ae80d', 0, 'proposed', 2, 0, 9, 'Who knows', 'cy-roe', NULL, true);
INSERT INTO public.evidence VALUES ('d-ca6b0d18d9fbe1a6', 0, 'proposed', 0, 6, 20, 'paint the shed', 'ada-lund', NULL, true);
INSERT INTO public.evidence VALUES ('a-e37d8fdcebbe6964', 0, 'proposed', 1, 2, 15, 'buy the paint', 'ben-ito', NULL, true);
INSERT INTO public.evidence VALUES ('o-9178292a5fa118aa', 0, 'proposed', 2, 0, 9, 'Who knows', 'cy-roe', NULL, true);
INSERT INTO public.evidence VALUES ('d-baf376de71ae0cfe', 0, 'proposed', 0, 3, 17, 'paint the shed', 'ada-lund', NULL, true);
INSERT INTO public.evidence VALUES ('a-1cd7a632353fb93c', 0, 'proposed', 1, 2, 15, 'buy the paint', 'ben-ito', NULL, false);
INSERT INTO public.evidence VALUES ('o-2e84d6b83e7c6329', 0, 'proposed', 2, 0, 9, 'Who knows', 'cy-roe', NULL, false);

INSERT INTO public.links VALUES ('l-6fe24055e3826fc7', 'd-baf376de71ae0cfe', 'd-565d626bfc6fa3eb', 'supersedes', 'confirmed', NULL, 'person:5', NULL, NULL, '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z');
INSERT INTO public.links VALUES ('l-8ce0ffcd6b92cce5', 'a-1cd7a632353fb93c', 'a-3e578eccc60fcbee', 'relates', 'suggested', 0.4, 'test', NULL, NULL, '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.meta VALUES ('log_id', '61cae824bfc16e3e');
INSERT INTO public.meta VALUES ('created_at', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.outbox VALUES ('linking', 'd-565d626bfc6fa3eb', 2);
INSERT INTO public.outbox VALUES ('record', 'a-3e578eccc60fcbee', 3);
INSERT INTO public.outbox VALUES ('linking', 'a-3e578eccc60fcbee', 3);
INSERT INTO public.outbox VALUES ('record', 'o-eed6c1bd79a5ee8b', 4);
INSERT INTO public.outbox VALUES ('linking', 'o-eed6c1bd79a5ee8b', 4);
INSERT INTO public.outbox VALUES ('record', 'd-e75e2d5e0c676597', 7);
INSERT INTO public.outbox VALUES ('linking', 'd-e75e2d5e0c676597', 7);
INSERT INTO public.outbox VALUES ('linking', 'a-141d69c065c588a2', 8);
INSERT INTO public.outbox VALUES ('record', 'o-449b0049313ae80d', 9);
INSERT INTO public.outbox VALUES ('linking', 'o-449b0049313ae80d', 9);
INSERT INTO public.outbox VALUES ('record', 'a-1cd7a632353fb93c', 13);
INSERT INTO public.outbox VALUES ('linking', 'a-1cd7a632353fb93c', 13);
INSERT INTO public.outbox VALUES ('record', 'o-2e84d6b83e7c6329', 14);
INSERT INTO public.outbox VALUES ('linking', 'o-2e84d6b83e7c6329', 14);
INSERT INTO public.outbox VALUES ('linking', 'd-ca6b0d18d9fbe1a6', 17);
INSERT INTO public.outbox VALUES ('record', 'a-e37d8fdcebbe6964', 18);
INSERT INTO public.outbox VALUES ('linking', 'a-e37d8fdcebbe6964', 18);
INSERT INTO public.outbox VALUES ('record', 'o-9178292a5fa118aa', 19);
INSERT INTO public.outbox VALUES ('linking', 'o-9178292a5fa118aa', 19);
INSERT INTO public.outbox VALUES ('record', 'd-565d626bfc6fa3eb', 21);
INSERT INTO public.outbox VALUES ('record', 'a-141d69c065c588a2', 22);
INSERT INTO public.outbox VALUES ('record', 'd-baf376de71ae0cfe', 23);
INSERT INTO public.outbox VALUES ('linking', 'd-baf376de71ae0cfe', 23);
INSERT INTO public.outbox VALUES ('record', 'd-ca6b0d18d9fbe1a6', 24);
INSERT INTO public.outbox VALUES ('conversation', 'm-0', 36);
INSERT INTO public.outbox VALUES ('conversation', 'm-1', 37);
INSERT INTO public.outbox VALUES ('conversation', 'm-2', 38);
INSERT INTO public.outbox VALUES ('conversation', 'm-3', 39);

INSERT INTO public.participants VALUES ('m-0', 'ada-lund', 1);
INSERT INTO public.participants VALUES ('m-0', 'ben-ito', 2);
INSERT INTO public.participants VALUES ('m-0', 'cy-roe', 3);
INSERT INTO public.participants VALUES ('m-1', 'ada-lund', 1);
INSERT INTO public.participants VALUES ('m-1', 'ben-ito', 2);
INSERT INTO public.participants VALUES ('m-1', 'cy-roe', 3);
INSERT INTO public.participants VALUES ('m-3', 'ada-lund', 1);
INSERT INTO public.participants VALUES ('m-3', 'ben-ito', 2);
INSERT INTO public.participants VALUES ('m-3', 'cy-roe', 3);
INSERT INTO public.participants VALUES ('m-2', 'ada-lund', 1);
INSERT INTO public.participants VALUES ('m-2', 'ben-ito', 2);
INSERT INTO public.participants VALUES ('m-2', 'cy-roe', 3);
INSERT INTO public.participants VALUES ('m-0', 'erased-person-4', 4);
INSERT INTO public.participants VALUES ('m-1', 'erased-person-4', 4);
INSERT INTO public.participants VALUES ('m-2', 'erased-person-4', 4);
INSERT INTO public.participants VALUES ('m-3', 'erased-person-4', 4);

INSERT INTO public.people VALUES (1, 'ada lund', 'Ada Lund', NULL);
INSERT INTO public.people VALUES (2, 'ben ito', 'Ben Ito', NULL);
INSERT INTO public.people VALUES (3, 'cy roe', 'Cy Roe', NULL);
INSERT INTO public.people VALUES (5, 'eve oak', 'Eve Oak', NULL);
INSERT INTO public.people VALUES (4, 'erased person 4', 'Erased person 4', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.quarantine VALUES ('folder:bad.vtt', 'v1', 'bad.vtt', 'no cue', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', 1);

INSERT INTO public.record_people VALUES ('d-565d626bfc6fa3eb', 'decider', 1);
INSERT INTO public.record_people VALUES ('a-3e578eccc60fcbee', 'owner', 2);
INSERT INTO public.record_people VALUES ('o-eed6c1bd79a5ee8b', 'raiser', 3);
INSERT INTO public.record_people VALUES ('d-e75e2d5e0c676597', 'decider', 1);
INSERT INTO public.record_people VALUES ('a-141d69c065c588a2', 'owner', 2);
INSERT INTO public.record_people VALUES ('o-449b0049313ae80d', 'raiser', 3);
INSERT INTO public.record_people VALUES ('a-1cd7a632353fb93c', 'owner', 2);
INSERT INTO public.record_people VALUES ('o-2e84d6b83e7c6329', 'raiser', 3);
INSERT INTO public.record_people VALUES ('d-ca6b0d18d9fbe1a6', 'decider', 1);
INSERT INTO public.record_people VALUES ('a-e37d8fdcebbe6964', 'owner', 2);
INSERT INTO public.record_people VALUES ('o-9178292a5fa118aa', 'raiser', 3);
INSERT INTO public.record_people VALUES ('d-baf376de71ae0cfe', 'decider', 1);

INSERT INTO public.records VALUES ('a-3e578eccc60fcbee', 2, 'm-0', 'action_item', 'proposed', NULL, 'Buy the paint.', NULL, '2026-03-04', '2026-03-04', NULL, '{"confidence":null,"due":{"date":"2026-03-04","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('o-eed6c1bd79a5ee8b', 3, 'm-0', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-04', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('d-e75e2d5e0c676597', 4, 'm-1', 'decision', 'proposed', 'decided', 'Paint the shed number 1 green.', 'shed', '2026-03-11', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 1 green.","statement_source":"written","status":"decided","topic":"shed"}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('o-449b0049313ae80d', 6, 'm-1', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-11', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('a-e37d8fdcebbe6964', 11, 'm-3', 'action_item', 'proposed', NULL, 'Buy the paint.', NULL, '2026-03-25', '2026-03-07', NULL, '{"confidence":null,"due":{"date":"2026-03-07","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('o-9178292a5fa118aa', 12, 'm-3', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-25', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('d-565d626bfc6fa3eb', 1, 'm-0', 'decision', 'approved', 'decided', 'Paint the shed number 0 green.', 'shed', '2026-03-04', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 0 green.","statement_source":"written","status":"decided","topic":"shed"}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL);
INSERT INTO public.records VALUES ('a-141d69c065c588a2', 5, 'm-1', 'action_item', 'rejected', NULL, 'Buy the paint.', NULL, '2026-03-11', '2026-03-05', NULL, '{"confidence":null,"due":{"date":"2026-03-05","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL);
INSERT INTO public.records VALUES ('d-baf376de71ae0cfe', 7, 'm-2', 'decision', 'proposed', 'decided', 'Paint it greener.', 'shed', '2026-03-18', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint it greener.","statement_source":"written","status":"decided","topic":"shed"}', 2, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL);
INSERT INTO public.records VALUES ('d-ca6b0d18d9fbe1a6', 10, 'm-3', 'decision', 'merged', 'decided', 'Paint the shed number 3 green.', 'shed', '2026-03-25', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 3 green.","statement_source":"written","status":"decided","topic":"shed"}', 1, true, true, 'd-baf376de71ae0cfe', 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL);
INSERT INTO public.records VALUES ('a-1cd7a632353fb93c', 8, 'm-2', 'action_item', 'proposed', NULL, 'Buy the paint.', NULL, '2026-03-18', '2026-03-06', NULL, '{"confidence":null,"due":{"date":"2026-03-06","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, false, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.records VALUES ('o-2e84d6b83e7c6329', 9, 'm-2', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-18', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, false, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);

INSERT INTO public.records_fts VALUES (1, '''0'':5A ''green'':6A ''number'':4A ''paint'':1A,8B ''shed'':3A,7B,10B');
INSERT INTO public.records_fts VALUES (2, '''buy'':1A,4B ''paint'':3A,6B');
INSERT INTO public.records_fts VALUES (3, '''cost'':4A ''know'':6B ''paint'':3A');
INSERT INTO public.records_fts VALUES (4, '''1'':5A ''green'':6A ''number'':4A ''paint'':1A,8B ''shed'':3A,7B,10B');
INSERT INTO public.records_fts VALUES (5, '''buy'':1A,4B ''paint'':3A,6B');
INSERT INTO public.records_fts VALUES (6, '''cost'':4A ''know'':6B ''paint'':3A');
INSERT INTO public.records_fts VALUES (8, '''buy'':1A,4B ''paint'':3A,6B');
INSERT INTO public.records_fts VALUES (9, '''cost'':4A ''know'':6B ''paint'':3A');
INSERT INTO public.records_fts VALUES (10, '''3'':5A ''green'':6A ''number'':4A ''paint'':1A,8B ''shed'':3A,7B,10B');
INSERT INTO public.records_fts VALUES (11, '''buy'':1A,4B ''paint'':3A,6B');
INSERT INTO public.records_fts VALUES (12, '''cost'':4A ''know'':6B ''paint'':3A');
INSERT INTO public.records_fts VALUES (7, '''greener'':3A ''paint'':1A,5B ''shed'':4B,7B');

INSERT INTO public.reviews VALUES (21, 'd-565d626bfc6fa3eb', 'approve', 'person:5', '2026-04-01T03:00:00.000000Z', 'yes');
INSERT INTO public.reviews VALUES (22, 'a-141d69c065c588a2', 'reject', 'person:5', '2026-04-01T03:00:00.000000Z', NULL);
INSERT INTO public.reviews VALUES (23, 'd-baf376de71ae0cfe', 'edit', 'person:5', '2026-04-01T03:00:00.000000Z', NULL);
INSERT INTO public.reviews VALUES (24, 'd-ca6b0d18d9fbe1a6', 'merge', 'person:5', '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.revisions VALUES ('v-8d57169c0f9f256d', 'd-baf376de71ae0cfe', '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}', '["decided_by","statement"]', 'suggested', 'scripted/none/1', '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.runs VALUES ('2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', 1, 1, 41, '{}');

INSERT INTO public.salts VALUES ('d-565d626bfc6fa3eb', 'dd23f34455f84babac6232f38c321c2d4dd7ab509512b4a7af59bb65ee8023dc');
INSERT INTO public.salts VALUES ('a-3e578eccc60fcbee', '6dbb8abc0b8a43a09d06279a8b704bcdcadb0c302ac03779b5c52087f66bc26a');
INSERT INTO public.salts VALUES ('o-eed6c1bd79a5ee8b', '9071cdab9f825245a300cf4a7062f600cb837328e0cc361321f4504eadf0ffce');
INSERT INTO public.salts VALUES ('sources', '7c31e8f181932638159f95b20efb318d35b684e01ed6853989f364412546eb6b');
INSERT INTO public.salts VALUES ('source:40f5ac947e23352518186913fdc5dd5d', '1e2e488b97a737d543e109409fc7cd8dbb14e43682a0749d8be82e97ad616520');
INSERT INTO public.salts VALUES ('d-e75e2d5e0c676597', 'ab4e0eae01fbc66a8173f0d4612e83e50a3d6eb5850ff57f8cbf3b2c63b31821');
INSERT INTO public.salts VALUES ('a-141d69c065c588a2', 'ad2ec39473076901b328ec0b41b9f2e76abfcbc3bbbcb6edd0bfceae9786e96e');
INSERT INTO public.salts VALUES ('o-449b0049313ae80d', '1eaed65202440b9d0fd80a4f70e76819ef41a46ba0bec697bfff2494989bc406');
INSERT INTO public.salts VALUES ('source:1980ab836fcb79eb12582a0899b10b03', '013b20a13c40808c190ab831480869e41d368e82f796437d2242db8376fac8b3');
INSERT INTO public.salts VALUES ('d-baf376de71ae0cfe', 'f64073d887d691735868b023b548394a8b0385269ae2f2777121e9194c98f179');
INSERT INTO public.salts VALUES ('a-1cd7a632353fb93c', '814be4b2d2e2f97776337b076c9b8b8229a2cace7dfea34e00e82eb72bf97fec');
INSERT INTO public.salts VALUES ('o-2e84d6b83e7c6329', '2859cc0675132e437a194255d68bac89ed5e8e3c514ea5f38eb64f3b0e06afc2');
INSERT INTO public.salts VALUES ('source:5039014a1554e711f1772b3a59b6eb2c', '8d7112d2dc751787d1554ae82f5406aefc714d152d506edf24323fd771968b10');
INSERT INTO public.salts VALUES ('d-ca6b0d18d9fbe1a6', '6109e20917e102eab71617f544618396e700b3ae867532d6abf045b5830a4008');
INSERT INTO public.salts VALUES ('a-e37d8fdcebbe6964', '189b37e07914b63e9077ec3909cf80dacfae1b3f513fe52cea683f23ecb1ac10');
INSERT INTO public.salts VALUES ('o-9178292a5fa118aa', '50a54a78f916f03f1a61d7b5a896289ff20f5747f2304ba769e87c2336e3368f');
INSERT INTO public.salts VALUES ('source:7ec3f63f6bcde725c7d01f1819c1cefa', '78e4b54e906c415fb744fbc336b90e56c49f8e77e4fd8cf771341cc88b1c4b75');
INSERT INTO public.salts VALUES ('source:4889ece302ec4fabaee3ee07cb38d0d6', '4315a134196e91086274f20e61e979eee32175dd7e52cacde8bfa713b10092b8');
INSERT INTO public.salts VALUES ('conversation:1', 'a6cb202dcae5e463ce836053cbb403565463d272a97f60d489d7e1bdca7fc1d0');
INSERT INTO public.salts VALUES ('conversation:2', '9e8e720de1c593cbc2c40c6e058480bafc25bd04ebf673d3706550f05872e00c');
INSERT INTO public.salts VALUES ('conversation:3', '2b3503aebdcda7854a86ec22c5ef51aab0f02944f5151c56a0d5c57be6f695a8');
INSERT INTO public.salts VALUES ('conversation:4', '12bcec09519978bbe649375d0aa5e74926fa607b0a0e1767c474f18b99c9b12f');

INSERT INTO public.series VALUES (1, 'shed steering', 'Shed steering 0', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.source_conversations VALUES ('folder:m-0.vtt', 'm-0');
INSERT INTO public.source_conversations VALUES ('folder:m-1.vtt', 'm-1');
INSERT INTO public.source_conversations VALUES ('folder:m-2.vtt', 'm-2');
INSERT INTO public.source_conversations VALUES ('folder:m-3.vtt', 'm-3');

INSERT INTO public.sources VALUES ('folder:m-0.vtt', '70751ffcab3aa434151c96cd3bd3cec0e7369ca3b4b557283d07201340975777', 'scripted', 'm-0.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);
INSERT INTO public.sources VALUES ('folder:m-1.vtt', '9e912514d6af3e14158a790ff7d0e6330dfdcf58ac38d44f33d682f2bcd98bdd', 'scripted', 'm-1.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);
INSERT INTO public.sources VALUES ('folder:m-3.vtt', 'b2825a3df9aa4fc05cb9d58370ec0741cd28af4c0bc401fb72ed104f964db7d5', 'scripted', 'm-3.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);
INSERT INTO public.sources VALUES ('folder:m-2.vtt', '69321b2b986d98ca701fb4e6c9617667a75f51209ae7f2c2e18576894891d276', 'scripted', 'm-2.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);

INSERT INTO public.turns VALUES ('m-0', 0, 'ada-lund', 'We''ll paint the shed number 0 green; 50% is done.', '{"end":9.0,"start":0.0}');
INSERT INTO public.turns VALUES ('m-0', 1, 'ben-ito', 'I buy the paint.', '{"end":19.0,"start":10.0}');
INSERT INTO public.turns VALUES ('m-0', 2, 'cy-roe', 'Who knows what the paint costs?', '{"end":29.0,"start":20.0}');
INSERT INTO public.turns VALUES ('m-0', 3, 'erased-person-4', '[erased]', '{"end":39.0,"start":30.0}');
INSERT INTO public.turns VALUES ('m-1', 0, 'ada-lund', 'We''ll paint the shed number 1 green; 50% is done.', '{"end":9.0,"start":0.0}');
INSERT INTO public.turns VALUES ('m-1', 1, 'ben-ito', 'I buy the paint.', '{"end":19.0,"start":10.0}');
INSERT INTO public.turns VALUES ('m-1', 2, 'cy-roe', 'Who knows what the paint costs?', '{"end":29.0,"start":20.0}');
INSERT INTO public.turns VALUES ('m-1', 3, 'erased-person-4', '[erased]', '{"end":39.0,"start":30.0}');
INSERT INTO public.turns VALUES ('m-2', 0, 'ada-lund', 'We paint the shed number 2 yellow.', '{"end":9.0,"start":0.0}');
INSERT INTO public.turns VALUES ('m-3', 0, 'ada-lund', 'We''ll paint the shed number 3 green; 50% is done.', '{"end":9.0,"start":0.0}');
INSERT INTO public.turns VALUES ('m-3', 1, 'ben-ito', 'I buy the paint.', '{"end":19.0,"start":10.0}');
INSERT INTO public.turns VALUES ('m-3', 2, 'cy-roe', 'Who knows what the paint costs?', '{"end":29.0,"start":20.0}');
INSERT INTO public.turns VALUES ('m-3', 3, 'erased-person-4', '[erased]', '{"end":39.0,"start":30.0}');

INSERT INTO public.vectors VALUES ('d-565d626bfc6fa3eb', 'hashed-00000000', '\x3b56103d4b7b093e6fbb863d29b4723e0c30ae3e2ff4913d4f4a993e7fb81c3ea30d783e6f25923df0ec7a3e7b1dbf3e9a22833e3292d83e7c8ec33e166e393e');
INSERT INTO public.vectors VALUES ('a-3e578eccc60fcbee', 'hashed-00000000', '\x5241dc3d44eb213ec5c6723e5b735c3e4f52c83e020d603ca42e763e16bec43e3142943e91294b3ecd43eb3d69fda53e12bb0f3ee5ec843ea9f9983e1ca0943e');
INSERT INTO public.vectors VALUES ('o-eed6c1bd79a5ee8b', 'hashed-00000000', '\x8b3fd93d4658aa3e7a06823e8ed11e3e97ebad3eb6bd5b3e3af4b83ed69ff13d6f9e693e68669b3ebfedb23e36fd0a3e1c66b13ef17ddc3c8bcf293c820a8f3e');
INSERT INTO public.vectors VALUES ('d-e75e2d5e0c676597', 'hashed-00000000', '\xe8f4cd3d6c0bb13ef936f23e38ed8e3e2fb5ba3e5c5b203ec5f0903e4984ce3e05e7573e1f79813b3df6a33de117c23d760f8b3e5712c43d5ebcab3d68010b3e');
INSERT INTO public.vectors VALUES ('a-141d69c065c588a2', 'hashed-00000000', '\x5241dc3d44eb213ec5c6723e5b735c3e4f52c83e020d603ca42e763e16bec43e3142943e91294b3ecd43eb3d69fda53e12bb0f3ee5ec843ea9f9983e1ca0943e');
INSERT INTO public.vectors VALUES ('o-449b0049313ae80d', 'hashed-00000000', '\x8b3fd93d4658aa3e7a06823e8ed11e3e97ebad3eb6bd5b3e3af4b83ed69ff13d6f9e693e68669b3ebfedb23e36fd0a3e1c66b13ef17ddc3c8bcf293c820a8f3e');
INSERT INTO public.vectors VALUES ('a-1cd7a632353fb93c', 'hashed-00000000', '\x5241dc3d44eb213ec5c6723e5b735c3e4f52c83e020d603ca42e763e16bec43e3142943e91294b3ecd43eb3d69fda53e12bb0f3ee5ec843ea9f9983e1ca0943e');
INSERT INTO public.vectors VALUES ('o-2e84d6b83e7c6329', 'hashed-00000000', '\x8b3fd93d4658aa3e7a06823e8ed11e3e97ebad3eb6bd5b3e3af4b83ed69ff13d6f9e693e68669b3ebfedb23e36fd0a3e1c66b13ef17ddc3c8bcf293c820a8f3e');
INSERT INTO public.vectors VALUES ('d-ca6b0d18d9fbe1a6', 'hashed-00000000', '\xc209943e4258b23dd432ac3ddd89603e2d983c3dbbad663e2f60a73e71baa23ea832c13e5cbe9a3e1a2e3e3eb61b9e3eac6ab03e4630903dd808113e01ca953e');
INSERT INTO public.vectors VALUES ('a-e37d8fdcebbe6964', 'hashed-00000000', '\x5241dc3d44eb213ec5c6723e5b735c3e4f52c83e020d603ca42e763e16bec43e3142943e91294b3ecd43eb3d69fda53e12bb0f3ee5ec843ea9f9983e1ca0943e');
INSERT INTO public.vectors VALUES ('o-9178292a5fa118aa', 'hashed-00000000', '\x8b3fd93d4658aa3e7a06823e8ed11e3e97ebad3eb6bd5b3e3af4b83ed69ff13d6f9e693e68669b3ebfedb23e36fd0a3e1c66b13ef17ddc3c8bcf293c820a8f3e');
INSERT INTO public.vectors VALUES ('d-baf376de71ae0cfe', 'hashed-00000000', '\x1e66813ea0a8003ed2a8bd3ee564ca3e73d9243e672f123be003cf3e6a89373ea793853de1a6663e0569873ede2ddd3d8493963d1c61b93ec8c4b83e114e373d');

INSERT INTO public.versions VALUES ('d-565d626bfc6fa3eb', 1, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-565d626bfc6fa3eb","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 0 green.","statement_source":"written","status":"decided","topic":"shed"}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('a-3e578eccc60fcbee', 1, '{"confidence":null,"due":{"date":"2026-03-04","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-3e578eccc60fcbee","owners":["ben-ito"],"task":"Buy the paint."}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('o-eed6c1bd79a5ee8b', 1, '{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-eed6c1bd79a5ee8b","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('d-e75e2d5e0c676597', 1, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-e75e2d5e0c676597","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 1 green.","statement_source":"written","status":"decided","topic":"shed"}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('a-141d69c065c588a2', 1, '{"confidence":null,"due":{"date":"2026-03-05","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-141d69c065c588a2","owners":["ben-ito"],"task":"Buy the paint."}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('o-449b0049313ae80d', 1, '{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-449b0049313ae80d","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('d-baf376de71ae0cfe', 1, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 green.","statement_source":"written","status":"decided","topic":"shed"}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('a-1cd7a632353fb93c', 1, '{"confidence":null,"due":{"date":"2026-03-06","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-1cd7a632353fb93c","owners":["ben-ito"],"task":"Buy the paint."}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('o-2e84d6b83e7c6329', 1, '{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-2e84d6b83e7c6329","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('d-ca6b0d18d9fbe1a6', 1, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-ca6b0d18d9fbe1a6","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 3 green.","statement_source":"written","status":"decided","topic":"shed"}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('a-e37d8fdcebbe6964', 1, '{"confidence":null,"due":{"date":"2026-03-07","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-e37d8fdcebbe6964","owners":["ben-ito"],"task":"Buy the paint."}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('o-9178292a5fa118aa', 1, '{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-9178292a5fa118aa","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', '2026-04-01T03:00:00.000000Z', 'machine', 'scripted/none/1');
INSERT INTO public.versions VALUES ('d-baf376de71ae0cfe', 2, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint it greener.","statement_source":"written","status":"decided","topic":"shed"}', '2026-04-01T03:00:00.000000Z', 'person:5', 'scripted/none/1');

ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);

ALTER TABLE ONLY public.backups
    ADD CONSTRAINT pk_backups PRIMARY KEY (path);

ALTER TABLE ONLY public.conversation_ids
    ADD CONSTRAINT pk_conversation_ids PRIMARY KEY (id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT pk_conversations PRIMARY KEY (id);

ALTER TABLE ONLY public.deliveries
    ADD CONSTRAINT pk_deliveries PRIMARY KEY (digest, target);

ALTER TABLE ONLY public.digests
    ADD CONSTRAINT pk_digests PRIMARY KEY (id);

ALTER TABLE ONLY public.erased_names
    ADD CONSTRAINT pk_erased_names PRIMARY KEY (person, digest);

ALTER TABLE ONLY public.events
    ADD CONSTRAINT pk_events PRIMARY KEY (seq);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (record, number);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT pk_links PRIMARY KEY (id);

ALTER TABLE ONLY public.meta
    ADD CONSTRAINT pk_meta PRIMARY KEY (key);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (kind, subject);

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT pk_participants PRIMARY KEY (conversation, participant);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (id);

ALTER TABLE ONLY public.quarantine
    ADD CONSTRAINT pk_quarantine PRIMARY KEY (origin);

ALTER TABLE ONLY public.record_people
    ADD CONSTRAINT pk_record_people PRIMARY KEY (record, role, person);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT pk_records PRIMARY KEY (id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT pk_reviews PRIMARY KEY (seq);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT pk_revisions PRIMARY KEY (id);

ALTER TABLE ONLY public.runs
    ADD CONSTRAINT pk_runs PRIMARY KEY (id);

ALTER TABLE ONLY public.salts
    ADD CONSTRAINT pk_salts PRIMARY KEY (subject);

ALTER TABLE ONLY public.series
    ADD CONSTRAINT pk_series PRIMARY KEY (id);

ALTER TABLE ONLY public.source_conversations
    ADD CONSTRAINT pk_source_conversations PRIMARY KEY (origin, conversation);

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT pk_sources PRIMARY KEY (origin);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT pk_turns PRIMARY KEY (conversation, number);

ALTER TABLE ONLY public.vectors
    ADD CONSTRAINT pk_vectors PRIMARY KEY (record);

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT pk_versions PRIMARY KEY (record, version);

ALTER TABLE ONLY public.records_fts
    ADD CONSTRAINT records_fts_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT uq_conversations_seq UNIQUE (seq);

ALTER TABLE ONLY public.digests
    ADD CONSTRAINT uq_digests_seq UNIQUE (seq);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT uq_links_from_record_to_record_kind UNIQUE (from_record, to_record, kind);

ALTER TABLE ONLY public.people
    ADD CONSTRAINT uq_people_key UNIQUE (key);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT uq_records_seq UNIQUE (seq);

CREATE INDEX ix_conversation_ids_conversation ON public.conversation_ids USING btree (conversation);

CREATE INDEX ix_conversations_said_on ON public.conversations USING btree (said_on);

CREATE INDEX ix_conversations_series ON public.conversations USING btree (series);

CREATE INDEX ix_events_subject ON public.events USING btree (subject);

CREATE INDEX ix_links_from_record ON public.links USING btree (from_record);

CREATE INDEX ix_links_state_kind ON public.links USING btree (state, kind);

CREATE INDEX ix_links_to_record ON public.links USING btree (to_record);

CREATE INDEX ix_outbox_kind_seq ON public.outbox USING btree (kind, seq);

CREATE INDEX ix_participants_person ON public.participants USING btree (person);

CREATE INDEX ix_record_people_person_role ON public.record_people USING btree (person, role);

CREATE INDEX ix_records_conversation ON public.records USING btree (conversation);

CREATE INDEX ix_records_due_on ON public.records USING btree (due_on);

CREATE INDEX ix_records_fts_words ON public.records_fts USING gin (words);

CREATE INDEX ix_records_state_said_on_seq ON public.records USING btree (state, said_on, seq);

CREATE INDEX ix_records_state_seq ON public.records USING btree (state, seq);

CREATE INDEX ix_reviews_record ON public.reviews USING btree (record);

CREATE INDEX ix_revisions_record ON public.revisions USING btree (record);

CREATE INDEX ix_revisions_state ON public.revisions USING btree (state);

CREATE INDEX ix_runs_started_at ON public.runs USING btree (started_at);

CREATE INDEX ix_series_key ON public.series USING btree (key);

CREATE INDEX ix_source_conversations_conversation ON public.source_conversations USING btree (conversation);

CREATE TRIGGER events_are_not_changed BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER events_are_not_truncated BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE ONLY public.conversation_ids
    ADD CONSTRAINT fk_conversation_ids_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT fk_conversations_series FOREIGN KEY (series) REFERENCES public.series(id);

ALTER TABLE ONLY public.erased_names
    ADD CONSTRAINT fk_erased_names_person FOREIGN KEY (person) REFERENCES public.people(id);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT fk_links_from_record FOREIGN KEY (from_record) REFERENCES public.records(id);

ALTER TABLE ONLY public.links
    ADD CONSTRAINT fk_links_to_record FOREIGN KEY (to_record) REFERENCES public.records(id);

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT fk_participants_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.participants
    ADD CONSTRAINT fk_participants_person FOREIGN KEY (person) REFERENCES public.people(id);

ALTER TABLE ONLY public.record_people
    ADD CONSTRAINT fk_record_people_person FOREIGN KEY (person) REFERENCES public.people(id);

ALTER TABLE ONLY public.record_people
    ADD CONSTRAINT fk_record_people_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT fk_records_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.records
    ADD CONSTRAINT fk_records_merged_into FOREIGN KEY (merged_into) REFERENCES public.records(id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT fk_reviews_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT fk_revisions_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.source_conversations
    ADD CONSTRAINT fk_source_conversations_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.source_conversations
    ADD CONSTRAINT fk_source_conversations_origin FOREIGN KEY (origin) REFERENCES public.sources(origin);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT fk_turns_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.vectors
    ADD CONSTRAINT fk_vectors_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT fk_versions_record FOREIGN KEY (record) REFERENCES public.records(id);

