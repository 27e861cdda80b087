

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

INSERT INTO public.conversations VALUES ('m-0', 1, 'meeting', 'Shed steering 0', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', 'b36b8e38c30c8fcb73a61c21f6702a28ac9cf88af9b84cf60fbff7d402a18f91', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-1', 2, 'meeting', 'Shed steering 1', 'test.vtt', '"2026-03-11"', '2026-03-11', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '8df53e984ecd08b2d54a3387a8e2c7154841cc159a1843ee92283b28060e017d', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-2', 3, 'meeting', 'Shed steering 2', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 1, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":34,"set_aside":[],"used":34}', '[]', '[]', 'scripted/none/1', '07d0a1480e81dc27c4aba3511c8bb78bc760be2e23ef159f7f1ed9033bf6466c', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-3', 4, 'meeting', 'Shed steering 3', 'test.vtt', '"2026-03-25"', '2026-03-25', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '5af5575d0797223f23e8679effdf5d78f303a662a9849fd2ead4f34ce16dcabf', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);

INSERT INTO public.deliveries VALUES ('digest-1d8f203cdc71371a-1', 'file-576e78cb87d5', 'pending', 0, NULL, '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.digests VALUES ('digest-1d8f203cdc71371a-1', 1, 0, 41, '2026-04-01T03:00:00.000000Z');

INSERT INTO public.erased_names VALUES (4, '79c76a882ddabf1ce12321712941c914878506db463ae876bd502e1599fc3efd', '1939dc0b1779725d7bf61291219b0e29adf31ec5aae2d267a2349eb9eaac95a8');

INSERT INTO public.events VALUES (1, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-0', '{"content":"993abe7a3716095d9a62940927fb69927c9c9199e335d200fbf2c61efe0d773c","engine":"scripted/none/1","turns":4}', '0000000000000000000000000000000000000000000000000000000000000000', '13f48fcbb6c9054e8a49dc28c231ab44197fc6c9433b86e2d1f9e2a6ee3de3a0');
INSERT INTO public.events VALUES (2, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-565d626bfc6fa3eb', '{"content":"a9a5700f7f13681d2b349901e78d1728bdbb93bcad6ff0c44b629e3d154e00e5","conversation":"m-0","state":"proposed","type":"decision"}', '13f48fcbb6c9054e8a49dc28c231ab44197fc6c9433b86e2d1f9e2a6ee3de3a0', 'a5525906dd9a6170fcd35f88ce59a2a99f7bef76eaea2472235ef8cfd8647232');
INSERT INTO public.events VALUES (3, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-3e578eccc60fcbee', '{"content":"8c01435fe8ce491f4aebe576c2004ee13d3266024b32060282343cf1d253618a","conversation":"m-0","state":"proposed","type":"action_item"}', 'a5525906dd9a6170fcd35f88ce59a2a99f7bef76eaea2472235ef8cfd8647232', 'aaa8575c8328ad5295d54fbe9c411a13f931e0f40321ad47ba32934c4b2e8cd6');
INSERT INTO public.events VALUES (4, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-eed6c1bd79a5ee8b', '{"content":"c8b296393f868ce7f99bfef95067fdd99f92a7f5a186e90c2d9ab29b73af3a08","conversation":"m-0","state":"proposed","type":"open_question"}', 'aaa8575c8328ad5295d54fbe9c411a13f931e0f40321ad47ba32934c4b2e8cd6', '0cd18598789000aa7c6d1a90534650c1e4752b360846de57ea26b53ba36c836a');
INSERT INTO public.events VALUES (5, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:89035f69fe32973716c2a125bb084df2', '{"complete":true,"content":"f0818c05837b80f9d2a51bc1d9d2c90252897beba3635b82e95ebb3fc8e000e2"}', '0cd18598789000aa7c6d1a90534650c1e4752b360846de57ea26b53ba36c836a', 'a22264def3d0ee4ae02f424979d0223de5e4475b715f037c80a6cd6321e8246e');
INSERT INTO public.events VALUES (6, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-1', '{"content":"a2b953e8c8d9252af2909dc782a2d7474c40ddfb2cb26df048cd1e41c16c96df","engine":"scripted/none/1","turns":4}', 'a22264def3d0ee4ae02f424979d0223de5e4475b715f037c80a6cd6321e8246e', '9014ba40ced1b2c1469e20670003b77f1b8fe44296521f3ae4cc1d1f75afde6b');
INSERT INTO public.events VALUES (7, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-e75e2d5e0c676597', '{"content":"b920c7550ab854a08320e468b14e4c21155fc6d5d51e89b11abb18def5ebbf70","conversation":"m-1","state":"proposed","type":"decision"}', '9014ba40ced1b2c1469e20670003b77f1b8fe44296521f3ae4cc1d1f75afde6b', '519da66602f81e5ec3d645683f163c83e76eb1d84a639b88b719fb96e8465492');
INSERT INTO public.events VALUES (8, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-141d69c065c588a2', '{"content":"da6a7a374d380afc29bdb23a794842d3d5357070e68312d4976f399cf193c426","conversation":"m-1","state":"proposed","type":"action_item"}', '519da66602f81e5ec3d645683f163c83e76eb1d84a639b88b719fb96e8465492', '9f58c40698f30d57df1319dc5f9842d0a5cc64ec643094bb6b1c4066cb1c5806');
INSERT INTO public.events VALUES (9, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-449b0049313ae80d', '{"content":"30ca4d4fd414e0b7f367bc8ba175c1a2be94a269289ffc13bc75059a8577f66a","conversation":"m-1","state":"proposed","type":"open_question"}', '9f58c40698f30d57df1319dc5f9842d0a5cc64ec643094bb6b1c4066cb1c5806', '0c8a1ee5adf2db5685752080033b24591f56b39ed94de3a85191ce591a86f687');
INSERT INTO public.events VALUES (10, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:1d5ed5e693d19d89ecfe588db1d2f932', '{"complete":true,"content":"6c7c4bc7c996a4113c19d5a640006fee3cc19d2b3ed0c5f4bee4c743a9e6e134"}', '0c8a1ee5adf2db5685752080033b24591f56b39ed94de3a85191ce591a86f687', '62cc31bf8d9696950613e8aa2afc4be4435ec0ba95cd1e6f83134c86952136ef');
INSERT INTO public.events VALUES (11, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-2', '{"content":"6835e3804a72e5439d5c45f5de231a9b430d81992cd517f5fc03257dd078c04e","engine":"scripted/none/1","turns":4}', '62cc31bf8d9696950613e8aa2afc4be4435ec0ba95cd1e6f83134c86952136ef', '1f59ba9e3dc6280c08c4af574f3940724744b4cea4404254b2b0e43a72ffe695');
INSERT INTO public.events VALUES (12, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-baf376de71ae0cfe', '{"content":"b8812936b00c2e03001b22575bf78fba72015fc05ce2a36881fcdb4d03a5a322","conversation":"m-2","state":"proposed","type":"decision"}', '1f59ba9e3dc6280c08c4af574f3940724744b4cea4404254b2b0e43a72ffe695', '09f0a038509b92465ef0cac521944ba0d313c704fdcf3eec4291b7b5abbb65be');
INSERT INTO public.events VALUES (13, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-1cd7a632353fb93c', '{"content":"1f8851e15ee5d5fae3e591d6f724a6660e4c5f98a8614d501f8048af92055771","conversation":"m-2","state":"proposed","type":"action_item"}', '09f0a038509b92465ef0cac521944ba0d313c704fdcf3eec4291b7b5abbb65be', '9214cac702871fa191aa061eb8965b8f9467fcde8de520faa53117c2f37cca54');
INSERT INTO public.events VALUES (14, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-2e84d6b83e7c6329', '{"content":"c48df44492f0840d713aab20ca70c89f6eb9e5b365a8468247ae2685c24768d6","conversation":"m-2","state":"proposed","type":"open_question"}', '9214cac702871fa191aa061eb8965b8f9467fcde8de520faa53117c2f37cca54', 'ea5b42c3cfc9216b566db5fa37bc7a8a1390fcb775031bbb0ab0103fb003d48d');
INSERT INTO public.events VALUES (15, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:4768bd4b9ee76f0915f19123d0dd4d1a', '{"complete":true,"content":"bf6274104aef3e711f5f630fd7482d0877794976c0756d6075ba725364443cf8"}', 'ea5b42c3cfc9216b566db5fa37bc7a8a1390fcb775031bbb0ab0103fb003d48d', '2b3f0a99cddebca57a264aca79b90d82cf9c56c835b25adeb5f9c5319b91ec0f');
INSERT INTO public.events VALUES (16, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-3', '{"content":"9cc96b6f68332bf422bd66614e4588e05e55c4ad9c852c513690887fc9d0f03f","engine":"scripted/none/1","turns":4}', '2b3f0a99cddebca57a264aca79b90d82cf9c56c835b25adeb5f9c5319b91ec0f', '2cd164b337b91957a9219917c692eca7f33c25278e1fd69829e1c8f9e6b0a234');
INSERT INTO public.events VALUES (17, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-ca6b0d18d9fbe1a6', '{"content":"96cda88a0aeb324f8157c99c876ef2992c66afbdcf944d10c4842d4e563f6bb0","conversation":"m-3","state":"proposed","type":"decision"}', '2cd164b337b91957a9219917c692eca7f33c25278e1fd69829e1c8f9e6b0a234', '4627148df174f954a9107ba24714d2d3dacb79a92980468973350a3b585ce43f');
INSERT INTO public.events VALUES (18, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-e37d8fdcebbe6964', '{"content":"df92366718e52d5e6af913ac0895e543afa11cc68e0f89d4be0e9b05ca25e078","conversation":"m-3","state":"proposed","type":"action_item"}', '4627148df174f954a9107ba24714d2d3dacb79a92980468973350a3b585ce43f', '00a2c32258ad725393f22fcac45cf600940b7bdeb782f080b86d59fe406ae180');
INSERT INTO public.events VALUES (19, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-9178292a5fa118aa', '{"content":"f58cd9c9b51318fb42b5c5f52c5d6fbbf472ac3e3254719cba3e74830142c689","conversation":"m-3","state":"proposed","type":"open_question"}', '00a2c32258ad725393f22fcac45cf600940b7bdeb782f080b86d59fe406ae180', 'ee67d848b4bf0a6ae8e5cda6e0f3214ef16f1e3d49eee33247ec517032b4ded5');
INSERT INTO public.events VALUES (20, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:09d67fac2191aaefafbc92ec7952e158', '{"complete":true,"content":"b67bea9f1dc1921f226c41dc15a2a637646babe314547479f11704db1af7631d"}', 'ee67d848b4bf0a6ae8e5cda6e0f3214ef16f1e3d49eee33247ec517032b4ded5', 'f3b6bd76214baaf737d5d42aed3fbdb33eb8b5dabb199b7df4085248cdc08552');
INSERT INTO public.events VALUES (21, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.approved', 'd-565d626bfc6fa3eb', '{"before":"proposed"}', 'f3b6bd76214baaf737d5d42aed3fbdb33eb8b5dabb199b7df4085248cdc08552', '5ba2c6d210064d152c3c530e56f3374e8955505b9ad5df94ce97237546acfb1a');
INSERT INTO public.events VALUES (22, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.rejected', 'a-141d69c065c588a2', '{"before":"proposed"}', '5ba2c6d210064d152c3c530e56f3374e8955505b9ad5df94ce97237546acfb1a', 'b3fcca8ebe1de334c40e2b27868bfb05dbcec2dea4d98e924dad7cd8a2a98f7d');
INSERT INTO public.events VALUES (23, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.edited', 'd-baf376de71ae0cfe', '{"content":"5f98890bf5163d14caf6215e34931cf49eb0ea3bcf59f6120be5ec7ed8a54262","fields":["statement"],"version":2}', 'b3fcca8ebe1de334c40e2b27868bfb05dbcec2dea4d98e924dad7cd8a2a98f7d', '43ecc7c5c8fceef8962b71a9b4097ea07e5888127185ab4994b9a9c6a15d47cf');
INSERT INTO public.events VALUES (24, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.merged', 'd-ca6b0d18d9fbe1a6', '{"into":"d-baf376de71ae0cfe"}', '43ecc7c5c8fceef8962b71a9b4097ea07e5888127185ab4994b9a9c6a15d47cf', 'd70cfd8cb27d86e2570b377bf8b2a4160dc91979d5eca583144352dba333af2e');
INSERT INTO public.events VALUES (25, '2026-04-01T03:00:00.000000Z', 'person:5', 'link.confirmed', 'l-6fe24055e3826fc7', '{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}', 'd70cfd8cb27d86e2570b377bf8b2a4160dc91979d5eca583144352dba333af2e', '8cc89b4071b727c306da04e97ab464251ed7696602bcf976102a12d7d056f251');
INSERT INTO public.events VALUES (26, '2026-04-01T03:00:00.000000Z', 'machine', 'link.suggested', 'l-8ce0ffcd6b92cce5', '{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}', '8cc89b4071b727c306da04e97ab464251ed7696602bcf976102a12d7d056f251', '1b7aeb691c87e4acb5131c79626f8093297e822443ba38aa9f56ff8e44d301ea');
INSERT INTO public.events VALUES (27, '2026-04-01T03:00:00.000000Z', 'machine', 'source.quarantined', 'source:d661578b7b0d7bce8f29a4f2c03e3469', '{"attempts":1,"content":"a98d96fa5eba874cd05380d7449ebeebc0717b4ef40c7be44b2bc04c55dcd75a"}', '1b7aeb691c87e4acb5131c79626f8093297e822443ba38aa9f56ff8e44d301ea', '7a7c386eb2e76363047cd916a75df377b2a129325f404231dd37c5185b5a4566');
INSERT INTO public.events VALUES (28, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.grown', 'm-2', '{"content":"8d1820734c1233918b6ce0b34f07388d4915c19cafcb2cf88293ef9182952d93","engine":"scripted/none/1","turns":1}', '7a7c386eb2e76363047cd916a75df377b2a129325f404231dd37c5185b5a4566', '077154190c2ff59509fa578e2c692e58a4991f0fc4af18024b88c7d988cade7b');
INSERT INTO public.events VALUES (29, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'd-baf376de71ae0cfe', '{"content":"19da96ba5388bb96a510e0723cf598e3114e43ed4a45d5ab30a90c23d9d648a9","lost":[]}', '077154190c2ff59509fa578e2c692e58a4991f0fc4af18024b88c7d988cade7b', '1474c3231b194d137f6045b428d0d9a2a9cd6132ba9c2b6fa5d170430d3eb66f');
INSERT INTO public.events VALUES (30, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'a-1cd7a632353fb93c', '{"content":"1f8851e15ee5d5fae3e591d6f724a6660e4c5f98a8614d501f8048af92055771","lost":[0]}', '1474c3231b194d137f6045b428d0d9a2a9cd6132ba9c2b6fa5d170430d3eb66f', '625c303e472b9ad12d1f12da3973ae69de5f975df2154521454a45ac8adc31f9');
INSERT INTO public.events VALUES (31, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'o-2e84d6b83e7c6329', '{"content":"c48df44492f0840d713aab20ca70c89f6eb9e5b365a8468247ae2685c24768d6","lost":[0]}', '625c303e472b9ad12d1f12da3973ae69de5f975df2154521454a45ac8adc31f9', '17aef28a154806deb4d5468fb2c1c31541acd338a2fa9b91d30be154917aa67e');
INSERT INTO public.events VALUES (32, '2026-04-01T03:00:00.000000Z', 'machine', 'revision.suggested', 'd-baf376de71ae0cfe', '{"content":"dfa1d4969c4a1aaed275c8d618cd1e9e80163127dbcb4d9dd794b9435306532f","fields":["decided_by","statement"],"revision":"v-dfa1d4969c4a1aae"}', '17aef28a154806deb4d5468fb2c1c31541acd338a2fa9b91d30be154917aa67e', '6469087d41252463d63ef9ecf479b7664a9143178acdf358fb483389e41ebd8d');
INSERT INTO public.events VALUES (33, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'a-1cd7a632353fb93c', '{}', '6469087d41252463d63ef9ecf479b7664a9143178acdf358fb483389e41ebd8d', '6aea38400f329bc920274b65656ec428ce6898065ec6c68607210a9d86a41ca2');
INSERT INTO public.events VALUES (34, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'o-2e84d6b83e7c6329', '{}', '6aea38400f329bc920274b65656ec428ce6898065ec6c68607210a9d86a41ca2', '604a642b789615ade12c51794eaf5ff4d828c770b0804716b8ce8d040aebb6bc');
INSERT INTO public.events VALUES (35, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:4768bd4b9ee76f0915f19123d0dd4d1a', '{"complete":true,"content":"3e30d4d68aec121db4ec6de02b52d1f82aec7040268d388ed829e4201b9631eb"}', '604a642b789615ade12c51794eaf5ff4d828c770b0804716b8ce8d040aebb6bc', '1f71526cacd19bea4cd10261f4f12fef4e76eeaf2366b45192743fb14e4d6340');
INSERT INTO public.events VALUES (36, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-0', '{"content":"b36b8e38c30c8fcb73a61c21f6702a28ac9cf88af9b84cf60fbff7d402a18f91","person":4}', '1f71526cacd19bea4cd10261f4f12fef4e76eeaf2366b45192743fb14e4d6340', '94dbc84a150d45054ddb00bf9de0fcb09564cd010c4d6d1543268cabd21d194e');
INSERT INTO public.events VALUES (37, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-1', '{"content":"8df53e984ecd08b2d54a3387a8e2c7154841cc159a1843ee92283b28060e017d","person":4}', '94dbc84a150d45054ddb00bf9de0fcb09564cd010c4d6d1543268cabd21d194e', '7282646458eaad03108826dca6278e8490cb9c85615e25e4d0c77c4934b0d99b');
INSERT INTO public.events VALUES (38, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-2', '{"content":"07d0a1480e81dc27c4aba3511c8bb78bc760be2e23ef159f7f1ed9033bf6466c","person":4}', '7282646458eaad03108826dca6278e8490cb9c85615e25e4d0c77c4934b0d99b', '8cc574d497df1901121f774b6e7f9e7d217c66cb57ba3f722ff33bdba509e9ad');
INSERT INTO public.events VALUES (39, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-3', '{"content":"5af5575d0797223f23e8679effdf5d78f303a662a9849fd2ead4f34ce16dcabf","person":4}', '8cc574d497df1901121f774b6e7f9e7d217c66cb57ba3f722ff33bdba509e9ad', 'cf69be2e647dfcf716a8b1ed6f1527c28308e60dede44d1f832b1fe08ad6a529');
INSERT INTO public.events VALUES (40, '2026-04-01T03:00:00.000000Z', 'person:5', 'person.erased', 'person:4', '{"reason":"asked for"}', 'cf69be2e647dfcf716a8b1ed6f1527c28308e60dede44d1f832b1fe08ad6a529', '70729460e26d888caf52349268d4a19dda5eb2d95e3918e61d6ccdf02468eacf');
INSERT INTO public.events VALUES (41, '2026-04-01T03:00:00.000000Z', 'machine', 'log.cleaned', 'log', '{"erasures":1}', '70729460e26d888caf52349268d4a19dda5eb2d95e3918e61d6ccdf02468eacf', 'f77d559bc52f07e4385edb418ef31092d9fa8d4f8797db87ce1799cbecc97441');

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

INSERT INTO public.meta VALUES ('log_id', '1d8f203cdc71371a');
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

INSERT INTO public.revisions VALUES ('v-dfa1d4969c4a1aae', 'd-baf376de71ae0cfe', '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}', '["decided_by","statement"]', 'suggested', 'scripted/none/1', '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.runs VALUES ('2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', 1, 1, 41, '{}');

INSERT INTO public.salts VALUES ('d-565d626bfc6fa3eb', 'e8f95ad0d1fb28f71d4d5bfff4d5f374da621fb963a1d93d7457d8b5d4d80805');
INSERT INTO public.salts VALUES ('a-3e578eccc60fcbee', '500f124294b221b358911a728d343fba084b131bba676f1d15fcae650d96fb89');
INSERT INTO public.salts VALUES ('o-eed6c1bd79a5ee8b', 'b1a316464b586bac5b3181f80c85463c6a683b10ed9ca1f33c1606b2c3b5b2cb');
INSERT INTO public.salts VALUES ('sources', '6c69029d8f06f1f4c970cdc9a2eaa9d3d8c6859a2efc231c84601f43660847d3');
INSERT INTO public.salts VALUES ('source:89035f69fe32973716c2a125bb084df2', '2fcfe77cf2aca7fc61f38f0ad434dc1e68cd2b7acc266d1b29cb500fe7d92e22');
INSERT INTO public.salts VALUES ('d-e75e2d5e0c676597', '156e66f54e2244afeea9684a2316fe45e0fd84589b6be9e4cda00f0dfbf299dc');
INSERT INTO public.salts VALUES ('a-141d69c065c588a2', '4367a0d3c645f621e7e29732842c002977fe4f817eccd1ec95c75d9976caaf8c');
INSERT INTO public.salts VALUES ('o-449b0049313ae80d', '544e5d34723ee68cdd379b6d656822ea2ca7f0a7105b3ac15cf39c8c2afce2e0');
INSERT INTO public.salts VALUES ('source:1d5ed5e693d19d89ecfe588db1d2f932', 'a5d1a1c9f10b465f2210f1208fc007c551d320c4d5dea115915bae51bfefcfa8');
INSERT INTO public.salts VALUES ('d-baf376de71ae0cfe', '1115b5f9766ffb7d9108b3222e0af52beb7c8bd0d174894473199f14d248fcf9');
INSERT INTO public.salts VALUES ('a-1cd7a632353fb93c', 'f2f695c9a853b1075b134b52404b6f51975714e6dbdb8b586a76b8ec8a0cbe36');
INSERT INTO public.salts VALUES ('o-2e84d6b83e7c6329', '32ce20f1d588c173c48440a90040fdd72ccf8d4dc8193a9267c3dc101609d947');
INSERT INTO public.salts VALUES ('source:4768bd4b9ee76f0915f19123d0dd4d1a', 'a674766c5db9bc08b48b11635c27e376ca2f0e4dd4c8819029799e10cfb7734c');
INSERT INTO public.salts VALUES ('d-ca6b0d18d9fbe1a6', 'db6bb4db6d5cecf87cd316e879623adb76c397766352a8f6763560b146bb5cfd');
INSERT INTO public.salts VALUES ('a-e37d8fdcebbe6964', 'eeddbbfd4c042bbc1c75fbfc43287df4471176b432c5980e165fd4937aa14ef7');
INSERT INTO public.salts VALUES ('o-9178292a5fa118aa', '92ea640811fa730e3fae05a73625d776b42e6aa0d302f38ab4b68d9a88e272e6');
INSERT INTO public.salts VALUES ('source:09d67fac2191aaefafbc92ec7952e158', 'a74d93537ba60515fecae8aab19dbcc019e53dc5bf834c7581f5c1843e8f4605');
INSERT INTO public.salts VALUES ('source:d661578b7b0d7bce8f29a4f2c03e3469', '0bcb561c7c08a75a332cefd053483d9664d26f05d0ded82e8bca523cae4df410');
INSERT INTO public.salts VALUES ('m-0', '5ae5e61722cc9d286df4490d8ecf86787631c78cf8cbb55804e06075ab68dd26');
INSERT INTO public.salts VALUES ('m-1', 'a9d1bf9295387882946c6ec4c26c0ae24fa2fe8fad11fee3e0b953c24bc3e457');
INSERT INTO public.salts VALUES ('m-2', '489361c53f2fb0d84cff8c45c6d18db503c48d0e958f9308840ab034ad49bae4');
INSERT INTO public.salts VALUES ('m-3', '40734b5a0f6305501d49c9a389f6b67f684017f235d88a06a0118c4748e7face');

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

