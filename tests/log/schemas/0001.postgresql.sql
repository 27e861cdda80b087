

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
    problem text
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

INSERT INTO public.conversations VALUES ('m-0', 1, 'meeting', 'Shed steering 0', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '480d0dd9cb0de1a9a3d5e85011b024af269ba05c494a51cf314286af777dddf7', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-1', 2, 'meeting', 'Shed steering 1', 'test.vtt', '"2026-03-11"', '2026-03-11', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '3c8b992d77434d620e2cf4cb79306bdf014cf17fe19e3f7795a35b78ce29efd7', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-2', 3, 'meeting', 'Shed steering 2', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 1, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":34,"set_aside":[],"used":34}', '[]', '[]', 'scripted/none/1', '634ad7048c57afde93be9427bf3465b4eeef6e840cff850e0d14369296838160', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-3', 4, 'meeting', 'Shed steering 3', 'test.vtt', '"2026-03-25"', '2026-03-25', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '833d9fb9a1318d9826cb88924d795623591b43ff94c3d39feab63f54126b7848', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);

INSERT INTO public.deliveries VALUES ('digest-052a7442b8d1f538-1', 'file-9a3fbf48a877', 'pending', 0, NULL, '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.digests VALUES ('digest-052a7442b8d1f538-1', 1, 0, 41, '2026-04-01T03:00:00.000000Z');

INSERT INTO public.erased_names VALUES (4, '16933b12410cf6cc92f2d858f92233172011c6970e6f306650fe433f64d21058', '70caf5f6be9a44cf9f09936be090bc37ba45fd5c004376d3b9ce7794e27b0e25');

INSERT INTO public.events VALUES (1, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-0', '{"content":"d270f1470b6ac8897226cd7c6fd3e4d923b5190aa172beeb89c14ecfc24ddf13","engine":"scripted/none/1","turns":4}', '0000000000000000000000000000000000000000000000000000000000000000', 'f4e7243c9d991ba8cae59afeb3d298c0dfbc4e2461b4f94d49add02f4ab4e873');
INSERT INTO public.events VALUES (2, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-565d626bfc6fa3eb', '{"content":"02bc53d4e92fc20a92ea2d9e83c8a5c3befa4fccd084da990574f3243b389475","conversation":"m-0","state":"proposed","type":"decision"}', 'f4e7243c9d991ba8cae59afeb3d298c0dfbc4e2461b4f94d49add02f4ab4e873', 'b7a4a5e4b70c9d98012210963a5e8e4a15a94a1ec97d6eec636b6bb71bce7eac');
INSERT INTO public.events VALUES (3, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-3e578eccc60fcbee', '{"content":"4c88b0949ad70d1fd0863969911704980a964efc0b89fd3e6e8605ce7f65099f","conversation":"m-0","state":"proposed","type":"action_item"}', 'b7a4a5e4b70c9d98012210963a5e8e4a15a94a1ec97d6eec636b6bb71bce7eac', '4bc83e1dbc7644517c78d097e1f065b38a40aad189ab50119adb48b0dbe8ff87');
INSERT INTO public.events VALUES (4, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-eed6c1bd79a5ee8b', '{"content":"0b7ae9645b50b5567cf5563542a7117bc0434dd887b6d98129f854776c64f281","conversation":"m-0","state":"proposed","type":"open_question"}', '4bc83e1dbc7644517c78d097e1f065b38a40aad189ab50119adb48b0dbe8ff87', 'eb1188c1f400bcaa49b04bbbda0777d08434668e2d3662af39effd69b649cea4');
INSERT INTO public.events VALUES (5, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:f024c61a24a9c483f683336ca5aac4e0', '{"complete":true,"content":"adb59659bec91915b065d7304481460989c17c7aca608b3b91fc4ff926f74e6b"}', 'eb1188c1f400bcaa49b04bbbda0777d08434668e2d3662af39effd69b649cea4', '60aa6ec1d70c6a5f578ccff0b04796d6b50fc10ddf5deb8874c55b80ef346c3a');
INSERT INTO public.events VALUES (6, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-1', '{"content":"31154542f6903cde752b64b07f93b11ad503efb4f6e1a39bb656587a15dbac8d","engine":"scripted/none/1","turns":4}', '60aa6ec1d70c6a5f578ccff0b04796d6b50fc10ddf5deb8874c55b80ef346c3a', 'e09827757425f07cba1cfb9ebdb53b046df7b113320744c2ae6a01605ad2c491');
INSERT INTO public.events VALUES (7, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-e75e2d5e0c676597', '{"content":"ae44f26be1c4e9bfae1768c9d1902bafdb2f41b2fe6249bdbb04a6c6d79d4b87","conversation":"m-1","state":"proposed","type":"decision"}', 'e09827757425f07cba1cfb9ebdb53b046df7b113320744c2ae6a01605ad2c491', 'c4054d4f65adf511752bc1a0c1e54fd250db0cc94691760a669cbe04993f59dd');
INSERT INTO public.events VALUES (8, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-141d69c065c588a2', '{"content":"56bd1abab6d3802d957758b8f955260c80ce5ba0283b0dc0dc558fbdf617d0b7","conversation":"m-1","state":"proposed","type":"action_item"}', 'c4054d4f65adf511752bc1a0c1e54fd250db0cc94691760a669cbe04993f59dd', '1e443b8ccb6014a99fcaeb0c3edcd3ed5d5b80b1d89c0ca637873c3aab987214');
INSERT INTO public.events VALUES (9, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-449b0049313ae80d', '{"content":"570d460c49dcd611dbf153c274ebe94c00f8ecf05bc81805cb58095c5df67012","conversation":"m-1","state":"proposed","type":"open_question"}', '1e443b8ccb6014a99fcaeb0c3edcd3ed5d5b80b1d89c0ca637873c3aab987214', '2d98795f53243f485d5132e0b0e253e02fe34633ab7eb27c4b3fbc56f75e7a5d');
INSERT INTO public.events VALUES (10, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:378a09caacd5e6bead719e22010df6ad', '{"complete":true,"content":"488951d4332cdf788db60d0768517650d761ced3ef5a92b24401abc820ce7c22"}', '2d98795f53243f485d5132e0b0e253e02fe34633ab7eb27c4b3fbc56f75e7a5d', '526bfa748be1382c7322b69eef00d2dc2948b233e004bcdccd71c3fb3f16bada');
INSERT INTO public.events VALUES (11, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-2', '{"content":"5c954183c7bf295df71766230d33a690a1134c52179ca088c5c73398d2ead69c","engine":"scripted/none/1","turns":4}', '526bfa748be1382c7322b69eef00d2dc2948b233e004bcdccd71c3fb3f16bada', 'ea66602140a3afdd5b2d8b76c44ba47285b1dae0b0664ea693a24fc63cc1b35e');
INSERT INTO public.events VALUES (12, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-baf376de71ae0cfe', '{"content":"ac77d08c201cd5fa23c904c210b6a07f21a933c19d3a1540dcc21c0b52831624","conversation":"m-2","state":"proposed","type":"decision"}', 'ea66602140a3afdd5b2d8b76c44ba47285b1dae0b0664ea693a24fc63cc1b35e', 'bd2b7a40af2446a70603974c04369a7151e9a531b609f08a59f792edeb0abab7');
INSERT INTO public.events VALUES (13, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-1cd7a632353fb93c', '{"content":"352708aae38240682b88d7d28e7883a7b56b0914493c1b9bc3fe5c7f80cc7568","conversation":"m-2","state":"proposed","type":"action_item"}', 'bd2b7a40af2446a70603974c04369a7151e9a531b609f08a59f792edeb0abab7', '03968f5f7d28e8224233dc4e306840684183c34eb39449da51c65bbe7d419e47');
INSERT INTO public.events VALUES (14, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-2e84d6b83e7c6329', '{"content":"493254e822f5804cf169df3e572008cdb5fe7885d0a639fbbe0aaa62e86d2fef","conversation":"m-2","state":"proposed","type":"open_question"}', '03968f5f7d28e8224233dc4e306840684183c34eb39449da51c65bbe7d419e47', 'f588e340edb58643aa3f83c83d3988613eaef1688bf9ef80505bffcf03dcdea5');
INSERT INTO public.events VALUES (15, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:670c8b4aaa5a9f255f3e94871a2ebf44', '{"complete":true,"content":"d9a532c5a2a908caae0a9c568a610df45603fa54e26bb558de04765a55d64a43"}', 'f588e340edb58643aa3f83c83d3988613eaef1688bf9ef80505bffcf03dcdea5', '428b97641367d4b8b463c81117d901bea5280984a052a200a804133286fdee7a');
INSERT INTO public.events VALUES (16, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'm-3', '{"content":"a799e939cc879cbfaee987ed008d7b2171cd4ad9c5469bbb8379ecc8f8807dc2","engine":"scripted/none/1","turns":4}', '428b97641367d4b8b463c81117d901bea5280984a052a200a804133286fdee7a', 'b8f03a96c4c80b1d085608c267bad18eabd6c680492d5845945aed6629ee2293');
INSERT INTO public.events VALUES (17, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-ca6b0d18d9fbe1a6', '{"content":"76190ddfe75eff808e1d94e1255b82eca70eac510bedde09075470a14bda7e58","conversation":"m-3","state":"proposed","type":"decision"}', 'b8f03a96c4c80b1d085608c267bad18eabd6c680492d5845945aed6629ee2293', 'c9a992236890f0c33cb63e68945c6b5dbfc005b86f503aeeb28457b157b5f8d0');
INSERT INTO public.events VALUES (18, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-e37d8fdcebbe6964', '{"content":"2e5caec48513b9f73ec0d112619a5050ac6041bd2432aa3c8333602eed929416","conversation":"m-3","state":"proposed","type":"action_item"}', 'c9a992236890f0c33cb63e68945c6b5dbfc005b86f503aeeb28457b157b5f8d0', '099c3164fe9e6095fa517aa6c9fcc362d0a9dce2978f4ee3cfb6f652e6c0771f');
INSERT INTO public.events VALUES (19, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-9178292a5fa118aa', '{"content":"ee115c74a82cf42f5cdc999c35a3edd53a4add52de1ec79032199bd177651962","conversation":"m-3","state":"proposed","type":"open_question"}', '099c3164fe9e6095fa517aa6c9fcc362d0a9dce2978f4ee3cfb6f652e6c0771f', '8975f403bbb04b76335cc233173f389c1231eb4a0ebcedf46193f5e7cc82d45c');
INSERT INTO public.events VALUES (20, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:b938a7261b36ef287024983fdb729b7b', '{"complete":true,"content":"c8c7afe88ec56e2759378120e59ecfc21ab54d9acb6467e27802b9f23ba0be6c"}', '8975f403bbb04b76335cc233173f389c1231eb4a0ebcedf46193f5e7cc82d45c', '35fb5630bdbf625ecf05eb2c7e26dd37f56bd619b551692657a2459bf6383ec4');
INSERT INTO public.events VALUES (21, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.approved', 'd-565d626bfc6fa3eb', '{"before":"proposed"}', '35fb5630bdbf625ecf05eb2c7e26dd37f56bd619b551692657a2459bf6383ec4', '8abbc8d691ae56d679942306697958b4d4c7567e93e020b313a1b70741655dd8');
INSERT INTO public.events VALUES (22, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.rejected', 'a-141d69c065c588a2', '{"before":"proposed"}', '8abbc8d691ae56d679942306697958b4d4c7567e93e020b313a1b70741655dd8', '10ce04537d3a767092616b8acfecd5c247ca9dc74cd117eea93628a5e059ed92');
INSERT INTO public.events VALUES (23, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.edited', 'd-baf376de71ae0cfe', '{"content":"7e6a451b708d4bd295955f166cd23eac6e1d495cae1c89c1d7e93ae111dafd2c","fields":["statement"],"version":2}', '10ce04537d3a767092616b8acfecd5c247ca9dc74cd117eea93628a5e059ed92', '82877087b492688e3e8f3ce0ca84833c8fb9256a19e52101583293551d665b19');
INSERT INTO public.events VALUES (24, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.merged', 'd-ca6b0d18d9fbe1a6', '{"into":"d-baf376de71ae0cfe"}', '82877087b492688e3e8f3ce0ca84833c8fb9256a19e52101583293551d665b19', '3a873d4ca340908d25e41a55adb151aab7aac954696d00b0ee88b4116d961710');
INSERT INTO public.events VALUES (25, '2026-04-01T03:00:00.000000Z', 'person:5', 'link.confirmed', 'l-6fe24055e3826fc7', '{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}', '3a873d4ca340908d25e41a55adb151aab7aac954696d00b0ee88b4116d961710', 'c82b480bc5335dfe7ef709e78f433b3ffc4b53b7460fae33c26a89f388df7960');
INSERT INTO public.events VALUES (26, '2026-04-01T03:00:00.000000Z', 'machine', 'link.suggested', 'l-8ce0ffcd6b92cce5', '{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}', 'c82b480bc5335dfe7ef709e78f433b3ffc4b53b7460fae33c26a89f388df7960', '5f1e443b9a3dcf4e74089bd94290ca32c47204bbb2ca5bd29ef4ae635f3d2836');
INSERT INTO public.events VALUES (27, '2026-04-01T03:00:00.000000Z', 'machine', 'source.quarantined', 'source:be0398dfb26968385369b24d18a57ad4', '{"attempts":1,"content":"ec6fb92c460a9ca77edd8e041357b01a45a8310071db902327835b1a83dbb6ba"}', '5f1e443b9a3dcf4e74089bd94290ca32c47204bbb2ca5bd29ef4ae635f3d2836', 'dbb312acdbae9c66e08927b65affb0af8654da136bad51dd178a956a590007ae');
INSERT INTO public.events VALUES (28, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.grown', 'm-2', '{"content":"a75eb3fd91ff5c84d3e6e75084f1d0b387f81513de53f6021fc6c8135596b84f","engine":"scripted/none/1","turns":1}', 'dbb312acdbae9c66e08927b65affb0af8654da136bad51dd178a956a590007ae', 'fd97c67fa3332a78f727cde35a5c1f0239068c4da7233cdf0354039067e6b7ee');
INSERT INTO public.events VALUES (29, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'd-baf376de71ae0cfe', '{"content":"cc643d202cc5e79c9da97bc2bb16e7e444fda0ba0de4f1945084f90e1e2e52fc","lost":[]}', 'fd97c67fa3332a78f727cde35a5c1f0239068c4da7233cdf0354039067e6b7ee', '1f786c0cfe39a9435f3bab214eeb7240c6edf4dc4dee399f4f07c194c43ac7b6');
INSERT INTO public.events VALUES (30, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'a-1cd7a632353fb93c', '{"content":"352708aae38240682b88d7d28e7883a7b56b0914493c1b9bc3fe5c7f80cc7568","lost":[0]}', '1f786c0cfe39a9435f3bab214eeb7240c6edf4dc4dee399f4f07c194c43ac7b6', '97590bfe5a2574c1336e3ec241725e010daff7ce405d9fc5082c440cb59fb68a');
INSERT INTO public.events VALUES (31, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'o-2e84d6b83e7c6329', '{"content":"493254e822f5804cf169df3e572008cdb5fe7885d0a639fbbe0aaa62e86d2fef","lost":[0]}', '97590bfe5a2574c1336e3ec241725e010daff7ce405d9fc5082c440cb59fb68a', '6ea5f24b17cbfd55f152b3d64dc9a166cc88f9963a6a56d4f47f32ddba308519');
INSERT INTO public.events VALUES (32, '2026-04-01T03:00:00.000000Z', 'machine', 'revision.suggested', 'd-baf376de71ae0cfe', '{"content":"71b5b737dec44ba85c2bf417c260ed61a5d08fd061718465775e3e7e343b221e","fields":["decided_by","statement"],"revision":"v-71b5b737dec44ba8"}', '6ea5f24b17cbfd55f152b3d64dc9a166cc88f9963a6a56d4f47f32ddba308519', 'c54b02599110e0cfcc3c04fc48b5ae98b3db8b1ca390611180f5ba98efd7eb25');
INSERT INTO public.events VALUES (33, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'a-1cd7a632353fb93c', '{}', 'c54b02599110e0cfcc3c04fc48b5ae98b3db8b1ca390611180f5ba98efd7eb25', '85516538fff5d87c361e84a2b234e5dab60fceeb7713c97c193e6417fce6a3a0');
INSERT INTO public.events VALUES (34, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'o-2e84d6b83e7c6329', '{}', '85516538fff5d87c361e84a2b234e5dab60fceeb7713c97c193e6417fce6a3a0', '6cc90e74705f80acbfd596863062f404a5405d244980eb7bb78a0695bcf1729b');
INSERT INTO public.events VALUES (35, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:670c8b4aaa5a9f255f3e94871a2ebf44', '{"complete":true,"content":"ddd529781cfb005d2466e1afc1845e9dbc51b6c1368ff44c2ac0b1a7e7f19c71"}', '6cc90e74705f80acbfd596863062f404a5405d244980eb7bb78a0695bcf1729b', '1359b6001eb10d043ec1cb1f8538a68c90cd12b3e4baae235acab4ddd9c66157');
INSERT INTO public.events VALUES (36, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-0', '{"content":"480d0dd9cb0de1a9a3d5e85011b024af269ba05c494a51cf314286af777dddf7","person":4}', '1359b6001eb10d043ec1cb1f8538a68c90cd12b3e4baae235acab4ddd9c66157', 'cd50632af06a21ccfd85c224adaf5f5444a7ba1ec7a0c37fbbb6751135ab12f2');
INSERT INTO public.events VALUES (37, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-1', '{"content":"3c8b992d77434d620e2cf4cb79306bdf014cf17fe19e3f7795a35b78ce29efd7","person":4}', 'cd50632af06a21ccfd85c224adaf5f5444a7ba1ec7a0c37fbbb6751135ab12f2', 'd9da23527423c8c94726a9f6e9b05f92fb9d045c084dcc64ef28ad089170eb1c');
INSERT INTO public.events VALUES (38, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-2', '{"content":"634ad7048c57afde93be9427bf3465b4eeef6e840cff850e0d14369296838160","person":4}', 'd9da23527423c8c94726a9f6e9b05f92fb9d045c084dcc64ef28ad089170eb1c', 'dc53212fb34c62813d6a68af79b11bf446d4c3bf777dc9789b107574777c7d56');
INSERT INTO public.events VALUES (39, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'm-3', '{"content":"833d9fb9a1318d9826cb88924d795623591b43ff94c3d39feab63f54126b7848","person":4}', 'dc53212fb34c62813d6a68af79b11bf446d4c3bf777dc9789b107574777c7d56', 'fe56211bbeb83096dc3208a01ad3b7eb63279c2ec784b21cd059ddcb0a7b708f');
INSERT INTO public.events VALUES (40, '2026-04-01T03:00:00.000000Z', 'person:5', 'person.erased', 'person:4', '{"reason":"asked for"}', 'fe56211bbeb83096dc3208a01ad3b7eb63279c2ec784b21cd059ddcb0a7b708f', 'db92f2b4957eb94bbdc29ee772fbdb4b3fdb4de79403d268454e74113dc0d9ff');
INSERT INTO public.events VALUES (41, '2026-04-01T03:00:00.000000Z', 'machine', 'log.cleaned', 'log', '{"erasures":1}', 'db92f2b4957eb94bbdc29ee772fbdb4b3fdb4de79403d268454e74113dc0d9ff', '2ed9298e6baeed20aa8cbecd2fb5e53a023322c257361b6bcd398ba3f9f5350b');

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

INSERT INTO public.meta VALUES ('log_id', '052a7442b8d1f538');
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

INSERT INTO public.revisions VALUES ('v-71b5b737dec44ba8', 'd-baf376de71ae0cfe', '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}', '["decided_by","statement"]', 'suggested', 'scripted/none/1', '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.runs VALUES ('2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', 1, 1, 41, '{}');

INSERT INTO public.salts VALUES ('d-565d626bfc6fa3eb', 'f82ca5ae668beab70ebaeef6f4f6255c0cd776b09cf3ac5b901b6b812f70168c');
INSERT INTO public.salts VALUES ('a-3e578eccc60fcbee', '445bd41a01a0995040a07cfe3cc373c20607cbe36f33c640a4ff7a6ec60699d0');
INSERT INTO public.salts VALUES ('o-eed6c1bd79a5ee8b', 'd051beab6051775d859f29ab243dca027da14803b9ce0ab7e214a9d6eb077c92');
INSERT INTO public.salts VALUES ('sources', 'cd9fa1be214c983290912d61b0def9831f54fb6825a8a142644b2912e0e8c587');
INSERT INTO public.salts VALUES ('source:f024c61a24a9c483f683336ca5aac4e0', 'e0bfc167c7946e1f8298588d3df569fda11ebf3ec0e0265d5903d5d54b4daf04');
INSERT INTO public.salts VALUES ('d-e75e2d5e0c676597', '0d671572e7e29b1ef7d6a623a1f8c653c305843a8a00568cd52512ddff4b6fe1');
INSERT INTO public.salts VALUES ('a-141d69c065c588a2', 'f866952895bc85b0d5402eacf0106441cd81af324310371b1161155101ffda11');
INSERT INTO public.salts VALUES ('o-449b0049313ae80d', 'c57556e344b5d5a0ce14706de4430529b7d075ca77024c08a3f50ffea9fdcba2');
INSERT INTO public.salts VALUES ('source:378a09caacd5e6bead719e22010df6ad', '9fd7926380f0179d6542cae9d4e6776d2530b10b4e5d3fe6f38dd6f6b23b954b');
INSERT INTO public.salts VALUES ('d-baf376de71ae0cfe', 'eaba9b2fb8a4e22e4415ded6951cac019d065c5f926f2ec8b19eab9e89d71812');
INSERT INTO public.salts VALUES ('a-1cd7a632353fb93c', '4ba00a2ed6bdd296a6168a441e841e15b69f04b99af0724907c1233a9192184f');
INSERT INTO public.salts VALUES ('o-2e84d6b83e7c6329', '2e7785bc596706e2ba151b5f50d5b50c9214c2ea92c86daa71537181714bb126');
INSERT INTO public.salts VALUES ('source:670c8b4aaa5a9f255f3e94871a2ebf44', '4bce419aeb849624927fe30988be9a512e93871ab79a4d8e2b2c8eddb88f5c25');
INSERT INTO public.salts VALUES ('d-ca6b0d18d9fbe1a6', '2b4cf73eadd170edd3bf6c91eed2285a5d3936fb2917b36b56094018f66f3466');
INSERT INTO public.salts VALUES ('a-e37d8fdcebbe6964', '42f81743c6def578009816ceb97fe44aa4ed9b672e5589f32227993ae38437c6');
INSERT INTO public.salts VALUES ('o-9178292a5fa118aa', 'ffad4a630d33bcc015f51bc0482a6806f37c540b9a0833fd715a54ab97e2a6a4');
INSERT INTO public.salts VALUES ('source:b938a7261b36ef287024983fdb729b7b', '485f331e6c83cabd70fa42b22bf2f34b9de1263ec70b8b2bf22ca49cb851075f');
INSERT INTO public.salts VALUES ('source:be0398dfb26968385369b24d18a57ad4', 'dd97074c4f11dd1db52d2cf314cd490097ee8c10a1b3b6cbaa17fba76cab1f36');
INSERT INTO public.salts VALUES ('m-0', '8a84886a355c37238307b5054a30d128a7b57fee11945aabb788ce6b672386fc');
INSERT INTO public.salts VALUES ('m-1', 'f5f40c2d4666d372f7879eacc268289d3ac38201fdf8e2fb0c0e12574bee83d7');
INSERT INTO public.salts VALUES ('m-2', '7f2b1d8792962ebb4642f55c766e35f48731e19f7743e905619629726f57d4cf');
INSERT INTO public.salts VALUES ('m-3', '623ce26cabb7b987da06460f273361a3097877191fc5a007dccbb832035a1985');

INSERT INTO public.series VALUES (1, 'shed steering', 'Shed steering 0', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.source_conversations VALUES ('folder:m-0.vtt', 'm-0');
INSERT INTO public.source_conversations VALUES ('folder:m-1.vtt', 'm-1');
INSERT INTO public.source_conversations VALUES ('folder:m-2.vtt', 'm-2');
INSERT INTO public.source_conversations VALUES ('folder:m-3.vtt', 'm-3');

INSERT INTO public.sources VALUES ('folder:m-0.vtt', '70751ffcab3aa434151c96cd3bd3cec0e7369ca3b4b557283d07201340975777', 'scripted', 'm-0.vtt', '2026-04-01T03:00:00.000000Z', true, NULL);
INSERT INTO public.sources VALUES ('folder:m-1.vtt', '9e912514d6af3e14158a790ff7d0e6330dfdcf58ac38d44f33d682f2bcd98bdd', 'scripted', 'm-1.vtt', '2026-04-01T03:00:00.000000Z', true, NULL);
INSERT INTO public.sources VALUES ('folder:m-3.vtt', 'b2825a3df9aa4fc05cb9d58370ec0741cd28af4c0bc401fb72ed104f964db7d5', 'scripted', 'm-3.vtt', '2026-04-01T03:00:00.000000Z', true, NULL);
INSERT INTO public.sources VALUES ('folder:m-2.vtt', '69321b2b986d98ca701fb4e6c9617667a75f51209ae7f2c2e18576894891d276', 'scripted', 'm-2.vtt', '2026-04-01T03:00:00.000000Z', true, NULL);

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

