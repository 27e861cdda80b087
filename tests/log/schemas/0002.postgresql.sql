

CREATE FUNCTION public.refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'events are append-only'; END $$;

CREATE TABLE public.accounts (
    id integer NOT NULL,
    login text NOT NULL,
    person integer NOT NULL,
    role text NOT NULL,
    password text,
    created_at text NOT NULL,
    disabled_at text,
    CONSTRAINT ck_accounts_role CHECK ((role = ANY (ARRAY['reader'::text, 'reviewer'::text, 'admin'::text])))
);

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

CREATE TABLE public.identities (
    issuer text NOT NULL,
    subject text NOT NULL,
    account integer NOT NULL
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
    weight double precision DEFAULT '0'::double precision NOT NULL,
    assignee integer,
    closed_at text,
    CONSTRAINT ck_records_state CHECK ((state = ANY (ARRAY['proposed'::text, 'approved'::text, 'rejected'::text, 'merged'::text]))),
    CONSTRAINT ck_records_type CHECK ((type = ANY (ARRAY['decision'::text, 'action_item'::text, 'open_question'::text])))
);

CREATE TABLE public.records_fts (
    seq integer NOT NULL,
    words tsvector NOT NULL
);

CREATE TABLE public.restrictions (
    conversation text NOT NULL,
    person integer NOT NULL
);

CREATE TABLE public.reviews (
    seq integer NOT NULL,
    record text NOT NULL,
    verdict text NOT NULL,
    reviewer text NOT NULL,
    at text NOT NULL,
    comment text,
    version integer,
    undo text,
    undone_by integer
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

CREATE TABLE public.sessions (
    digest text NOT NULL,
    account integer NOT NULL,
    created_at text NOT NULL,
    seen_at text NOT NULL,
    expires_at text NOT NULL
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

CREATE TABLE public.tokens (
    id integer NOT NULL,
    account integer NOT NULL,
    name text NOT NULL,
    digest text NOT NULL,
    scope text NOT NULL,
    created_at text NOT NULL,
    expires_at text,
    used_at text,
    revoked_at text,
    CONSTRAINT ck_tokens_scope CHECK ((scope = ANY (ARRAY['read'::text, 'review'::text, 'admin'::text])))
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

INSERT INTO public.accounts VALUES (1, 'eve', 5, 'admin', '$argon2id$none', '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.alembic_version VALUES ('0002');

INSERT INTO public.backups VALUES ('/var/backups/decisions/log.db', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.conversation_ids VALUES ('m-0', 'm-0');
INSERT INTO public.conversation_ids VALUES ('m-1', 'm-1');
INSERT INTO public.conversation_ids VALUES ('m-3', 'm-3');
INSERT INTO public.conversation_ids VALUES ('m-2', 'm-2');

INSERT INTO public.conversations VALUES ('m-0', 1, 'meeting', 'Shed steering 0', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '25218d8ff8b8eabc2f9e189fc78582d84d278d433d1e54a7acc1f5bcc9c87c4d', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-1', 2, 'meeting', 'Shed steering 1', 'test.vtt', '"2026-03-11"', '2026-03-11', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', 'fbb1a9ae09cc8e05017b6c406940916adfd553106a1a2a9081c60d2aea665f45', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-2', 3, 'meeting', 'Shed steering 2', 'test.vtt', '"2026-03-04"', '2026-03-04', 1, 1, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":34,"set_aside":[],"used":34}', '[]', '[]', 'scripted/none/1', '1f7f99c93c1cae39a7a64e7a63e89dd4054c8317bd946e824111f8d9c392e79c', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);
INSERT INTO public.conversations VALUES ('m-3', 4, 'meeting', 'Shed steering 3', 'test.vtt', '"2026-03-25"', '2026-03-25', 1, 4, '[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]', '{"characters":116,"set_aside":[],"used":116}', '[]', '[]', 'scripted/none/1', '9fcb7b44ad407e863fc994823ed4894747ce444b21d26fb8a6399019e178a618', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL);

INSERT INTO public.deliveries VALUES ('digest-eef529962c1f47bd-1', 'file-4e6b2ecee2a7', 'pending', 0, NULL, '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.digests VALUES ('digest-eef529962c1f47bd-1', 1, 0, 48, '2026-04-01T03:00:00.000000Z');

INSERT INTO public.erased_names VALUES (4, 'd7d7e7fa1ec32d61df98a83d176d83d25b33615856ece9f479068e8a5806fad5', '77497bf9656031a6f1a171ce65a14dd6e88bb60060c7eaa0a2ff3b3b9018315e');

INSERT INTO public.events VALUES (1, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:1', '{"content":"dc7d13957b6c2b5af05e59189deee2440c994efad5b0c159345aa9bebc47b9d9","engine":"scripted/none/1","turns":4}', '0000000000000000000000000000000000000000000000000000000000000000', 'b5416bce67673085d87125024517e0d200f14549f57befeb33b50bda2f647d6d');
INSERT INTO public.events VALUES (2, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-565d626bfc6fa3eb', '{"content":"369836aeaf10854396919f2e5725553150ff529930b0148fe27af02701a2f480","conversation":1,"state":"proposed","type":"decision"}', 'b5416bce67673085d87125024517e0d200f14549f57befeb33b50bda2f647d6d', 'ac76929924b5f1ee9c040af74764e9266c0d02b21196870a693be12b7fc30273');
INSERT INTO public.events VALUES (3, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-3e578eccc60fcbee', '{"content":"602dd9eb96701c91a9f2fc2b687c70c361111661dd5d57d5fec7de539723ef9e","conversation":1,"state":"proposed","type":"action_item"}', 'ac76929924b5f1ee9c040af74764e9266c0d02b21196870a693be12b7fc30273', '8e4dcaf6b8e49b54b17bc47daf6767752146481811929a2f331f9de071bb27a5');
INSERT INTO public.events VALUES (4, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-eed6c1bd79a5ee8b', '{"content":"76decf03ba6bc0f8eb05cf28d20c729f4c9df2e6f92e29f6aae764d13028b67d","conversation":1,"state":"proposed","type":"open_question"}', '8e4dcaf6b8e49b54b17bc47daf6767752146481811929a2f331f9de071bb27a5', 'a672317302d0f24ffb52376596a5b33d94ebaf2aef94dd7b8cd041f9b09373b4');
INSERT INTO public.events VALUES (5, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:bd0d9a7c74a9dfa7802c437afeafed7e', '{"complete":true,"content":"486e2b6eabc8393a2a44df3ef0351b6f8c169f44a4805a05b46d54e9ddb77d80"}', 'a672317302d0f24ffb52376596a5b33d94ebaf2aef94dd7b8cd041f9b09373b4', '98e157b62105d47d0ea3d67cb527639a6cded0e4519a6296b8c19c616fb87523');
INSERT INTO public.events VALUES (6, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:2', '{"content":"cf4dcf909d256042158709abf5d37e95e6ab20630d94af22c643ea3d4a9f9413","engine":"scripted/none/1","turns":4}', '98e157b62105d47d0ea3d67cb527639a6cded0e4519a6296b8c19c616fb87523', 'f973a6a15f854b9cbcb573c929ce871b3e210f1bc4efb77e7266fbba2835ef94');
INSERT INTO public.events VALUES (7, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-e75e2d5e0c676597', '{"content":"811db3e0a63f01202dddf88d462df27406e0d9459dfbdf4a118f3778e4dd574d","conversation":2,"state":"proposed","type":"decision"}', 'f973a6a15f854b9cbcb573c929ce871b3e210f1bc4efb77e7266fbba2835ef94', 'e148f027b19be4c3a3b21cf98b44984d2fb9530ed23074fd2efbd1e2cf43dc6f');
INSERT INTO public.events VALUES (8, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-141d69c065c588a2', '{"content":"6c0fb75fc96274fb0ae717f79ac98a94521e7bd0062f3bd4b7277da006c1a1bb","conversation":2,"state":"proposed","type":"action_item"}', 'e148f027b19be4c3a3b21cf98b44984d2fb9530ed23074fd2efbd1e2cf43dc6f', '1326feaa9b7674c8f3cd3e2679e21c55e489288c914e35ca7d9da13f82653f96');
INSERT INTO public.events VALUES (9, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-449b0049313ae80d', '{"content":"9ce4c4629e79cb399995c122e16cb14625da5a1836054e74ecd5195824c91104","conversation":2,"state":"proposed","type":"open_question"}', '1326feaa9b7674c8f3cd3e2679e21c55e489288c914e35ca7d9da13f82653f96', '1686768a8b014425a8090c5ee0661faae80e37e4cb75506216712e160072ea4e');
INSERT INTO public.events VALUES (10, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:60647bc2cccf298b06ae9e5fc94573b2', '{"complete":true,"content":"4ff03a6fe5be35fef1670c36ad247d0952bf5e4019772dd4a6da67ac202951fe"}', '1686768a8b014425a8090c5ee0661faae80e37e4cb75506216712e160072ea4e', '9768600d3d508fe67be037480704890d0b5aaa43c893d473d933383692f09905');
INSERT INTO public.events VALUES (11, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:3', '{"content":"079e6307fffa46971e8d452e8508b482dc127d0402a5649f71e621009251463c","engine":"scripted/none/1","turns":4}', '9768600d3d508fe67be037480704890d0b5aaa43c893d473d933383692f09905', '5be52ad9f1a87c636138965c86062eb0be0e0dd2982121d54dfe577a8ada3bca');
INSERT INTO public.events VALUES (12, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-baf376de71ae0cfe', '{"content":"97bdee5e55b49c9b7143bd05c7aac823991201c5a5118716cf3c8b3a9987c89b","conversation":3,"state":"proposed","type":"decision"}', '5be52ad9f1a87c636138965c86062eb0be0e0dd2982121d54dfe577a8ada3bca', 'ce7a7df3ece9eda0e2d838fafcab05fe596fe8d62a850d3bf25b4f92fa89d733');
INSERT INTO public.events VALUES (13, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-1cd7a632353fb93c', '{"content":"a0ee5bbd668f80e1785a6b66ae79bb144e6522761305f5a679ce071e18f449a6","conversation":3,"state":"proposed","type":"action_item"}', 'ce7a7df3ece9eda0e2d838fafcab05fe596fe8d62a850d3bf25b4f92fa89d733', 'f6dd194103b915de8a58e3db19d27c99b2aec89ff04f37e6b7e3bd6053ff2351');
INSERT INTO public.events VALUES (14, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-2e84d6b83e7c6329', '{"content":"eaf540f873b01ddbb6c4386a04f43da1b5afb28375d3aeca54478b3230c3a67a","conversation":3,"state":"proposed","type":"open_question"}', 'f6dd194103b915de8a58e3db19d27c99b2aec89ff04f37e6b7e3bd6053ff2351', '1af68861c74b9d881581f98ef2d75290d8049212ab2c77ac3a056f14ab012a5e');
INSERT INTO public.events VALUES (15, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:e2e1e4d7611bcd335173ee78cdd0ec8e', '{"complete":true,"content":"b60ee1ff502f37e3ba8fbb87981b00dc98ffb3b2a61cce0c218b1ec9827bb996"}', '1af68861c74b9d881581f98ef2d75290d8049212ab2c77ac3a056f14ab012a5e', 'd39884743e19ae939438d4b8b21189a92024215a2d5dffc0dc3e9cdef3a9f159');
INSERT INTO public.events VALUES (16, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.added', 'conversation:4', '{"content":"1b2c4de4d154e7be1a843a61fb7ddc84715ca933df7f65d71cbf9c091d5aa31b","engine":"scripted/none/1","turns":4}', 'd39884743e19ae939438d4b8b21189a92024215a2d5dffc0dc3e9cdef3a9f159', '1e686b5243f038de0b90014764b86dc300a34293fd583e6adfc10b17623af8f1');
INSERT INTO public.events VALUES (17, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'd-ca6b0d18d9fbe1a6', '{"content":"52c7d197f7a1c49fa9d2b2ca2b9ca2dc920fe9d221f547f7fbc19565b67c9678","conversation":4,"state":"proposed","type":"decision"}', '1e686b5243f038de0b90014764b86dc300a34293fd583e6adfc10b17623af8f1', 'afc4b2322cc2f95fab77df87db5605c9bf86d8a4937dacdacc89a72ea886f750');
INSERT INTO public.events VALUES (18, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'a-e37d8fdcebbe6964', '{"content":"23dea842dbc87d55c2f02987f3f71df377983fa884933f9305339f559554bb30","conversation":4,"state":"proposed","type":"action_item"}', 'afc4b2322cc2f95fab77df87db5605c9bf86d8a4937dacdacc89a72ea886f750', '8129acb085996a052b3bb5db1187be5cb15196f8968855ea8b8490c846162d24');
INSERT INTO public.events VALUES (19, '2026-04-01T03:00:00.000000Z', 'machine', 'record.added', 'o-9178292a5fa118aa', '{"content":"80dd9f05cb8accbe7902db97389feddc583817140239a7efcac3fd596184a8c5","conversation":4,"state":"proposed","type":"open_question"}', '8129acb085996a052b3bb5db1187be5cb15196f8968855ea8b8490c846162d24', '9700f586630c6b4bba95db883ccb256c1d589c211df8dfca92e617631bc6d59d');
INSERT INTO public.events VALUES (20, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:c45561b1dda4a5a617fb58b0b9986409', '{"complete":true,"content":"60876851072f55da794b7cbc13ed70ceeaf01147d7f712f7f147b05e6aa3161d"}', '9700f586630c6b4bba95db883ccb256c1d589c211df8dfca92e617631bc6d59d', '7044d35387066445e62f9e2312abcd21207a1daccdf0c61161fa3a4370ebf0a1');
INSERT INTO public.events VALUES (21, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.approved', 'd-565d626bfc6fa3eb', '{"before":"proposed","comment":"ee410c2ddde2957159628d3ce1f957cd6d7735132953a38428285af2b38acee3"}', '7044d35387066445e62f9e2312abcd21207a1daccdf0c61161fa3a4370ebf0a1', '233e7a69952478111f0ff31a231184dd8eae07a9c4d9ef0e36d885144f59c1ce');
INSERT INTO public.events VALUES (22, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.rejected', 'a-141d69c065c588a2', '{"before":"proposed"}', '233e7a69952478111f0ff31a231184dd8eae07a9c4d9ef0e36d885144f59c1ce', '0d2ab0242cb63e64e19378e5888dab3e6b72c3b9c8be68f824cd6b86cd52f6ab');
INSERT INTO public.events VALUES (23, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.edited', 'd-baf376de71ae0cfe', '{"content":"370f51d7e062aefb2df1fb6ebf24f0c34b1daa4650c70ad54d84f2807eae2ebe","fields":["statement"],"version":2}', '0d2ab0242cb63e64e19378e5888dab3e6b72c3b9c8be68f824cd6b86cd52f6ab', '609570fbc3c4de1f9a60a89162741a0a11c14f86bcbd1e8e6b3d23b39624fafe');
INSERT INTO public.events VALUES (24, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.merged', 'd-ca6b0d18d9fbe1a6', '{"into":"d-baf376de71ae0cfe"}', '609570fbc3c4de1f9a60a89162741a0a11c14f86bcbd1e8e6b3d23b39624fafe', '995ce793cab6aea1cfd3c2d2c4ba67043212d0861d8fe44a51abf64889d4dd5b');
INSERT INTO public.events VALUES (25, '2026-04-01T03:00:00.000000Z', 'person:5', 'link.confirmed', 'l-6fe24055e3826fc7', '{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}', '995ce793cab6aea1cfd3c2d2c4ba67043212d0861d8fe44a51abf64889d4dd5b', 'd0f025def622a3bb1928f4516aa1304df8095d71c1d1e4afce64d8b1a5478364');
INSERT INTO public.events VALUES (26, '2026-04-01T03:00:00.000000Z', 'machine', 'link.suggested', 'l-8ce0ffcd6b92cce5', '{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}', 'd0f025def622a3bb1928f4516aa1304df8095d71c1d1e4afce64d8b1a5478364', '688fd684428dd07bbf40d4c06370f0747ae0bd21a89e3d20ee1d6cbf2824cba8');
INSERT INTO public.events VALUES (27, '2026-04-01T03:00:00.000000Z', 'machine', 'source.quarantined', 'source:2b7a0cdc372d275573ee8dc7a470650f', '{"attempts":1,"content":"7b3dac87cf512efc63d5e89dcbcb85552a4c9f1c06fe7507c20a5636e96f97ad"}', '688fd684428dd07bbf40d4c06370f0747ae0bd21a89e3d20ee1d6cbf2824cba8', '55678d1336550d25be9e3af74ddf0e600a17cd8b545f2a8024fe1af35e41a540');
INSERT INTO public.events VALUES (28, '2026-04-01T03:00:00.000000Z', 'machine', 'conversation.grown', 'conversation:3', '{"content":"575ca613c9b51cf4e4d152c74c33fbd9d083df1e3ba489a02d8d562d5162d7b0","engine":"scripted/none/1","turns":1}', '55678d1336550d25be9e3af74ddf0e600a17cd8b545f2a8024fe1af35e41a540', '5783fff7d9ea7b0a85653a7331f1c8ae5fcbf2140a5f6be4d96e4f15f14ba055');
INSERT INTO public.events VALUES (29, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'd-baf376de71ae0cfe', '{"content":"32efcee2d49d3a0d8de193b9025fac27c272dafa06aab4842ba05ef8f42605bc","lost":[]}', '5783fff7d9ea7b0a85653a7331f1c8ae5fcbf2140a5f6be4d96e4f15f14ba055', 'f7bd3831e14a805a711611a9208753a87cd965de1ad256bb77d3150e594634d7');
INSERT INTO public.events VALUES (30, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'a-1cd7a632353fb93c', '{"content":"a0ee5bbd668f80e1785a6b66ae79bb144e6522761305f5a679ce071e18f449a6","lost":[0]}', 'f7bd3831e14a805a711611a9208753a87cd965de1ad256bb77d3150e594634d7', 'd9e8b62ced7ee67aa1ead21c7f468cb76009a8dad12ec40182b1e34637168555');
INSERT INTO public.events VALUES (31, '2026-04-01T03:00:00.000000Z', 'machine', 'record.relocated', 'o-2e84d6b83e7c6329', '{"content":"eaf540f873b01ddbb6c4386a04f43da1b5afb28375d3aeca54478b3230c3a67a","lost":[0]}', 'd9e8b62ced7ee67aa1ead21c7f468cb76009a8dad12ec40182b1e34637168555', '1878cb76d279f44c422f86d1cdc843a839011d76c312f9a00713f1fb2869968b');
INSERT INTO public.events VALUES (32, '2026-04-01T03:00:00.000000Z', 'machine', 'revision.suggested', 'd-baf376de71ae0cfe', '{"content":"65c30f7229e58cdfcac7e887c69df9dd2ccd60e3b6146cc06baf76807f05ca02","fields":["decided_by","statement"],"revision":"v-65c30f7229e58cdf"}', '1878cb76d279f44c422f86d1cdc843a839011d76c312f9a00713f1fb2869968b', 'd0a49f66e01e433c5dff70863e20c3dabb571f8a7a0f658e7eac7c24115a67d3');
INSERT INTO public.events VALUES (33, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'a-1cd7a632353fb93c', '{}', 'd0a49f66e01e433c5dff70863e20c3dabb571f8a7a0f658e7eac7c24115a67d3', 'adbb8f35bbbe430cce7e72d74dfe174cfdfa8a2f029e721ee98531c147f8ae67');
INSERT INTO public.events VALUES (34, '2026-04-01T03:00:00.000000Z', 'machine', 'record.not_found', 'o-2e84d6b83e7c6329', '{}', 'adbb8f35bbbe430cce7e72d74dfe174cfdfa8a2f029e721ee98531c147f8ae67', 'c5059babe034f836ab84d9d11f7187701da14cd8b360b5a880b209cafcdf09fc');
INSERT INTO public.events VALUES (35, '2026-04-01T03:00:00.000000Z', 'machine', 'source.read', 'source:e2e1e4d7611bcd335173ee78cdd0ec8e', '{"complete":true,"content":"7942c79a1057d797315710aef77ab821878032349f3adfcb36c9893c9524c37f"}', 'c5059babe034f836ab84d9d11f7187701da14cd8b360b5a880b209cafcdf09fc', '5719ed8e21379946e04a8664d53cfbe24b6de1a51c9dc89b0cb6b32a0a3f6398');
INSERT INTO public.events VALUES (36, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.restricted', 'conversation:4', '{"people":[1,5]}', '5719ed8e21379946e04a8664d53cfbe24b6de1a51c9dc89b0cb6b32a0a3f6398', '3e81623e3db21f18865381972ff2702fb74a8c13dd20d00a652d5d4c31591b87');
INSERT INTO public.events VALUES (37, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.commented', 'a-3e578eccc60fcbee', '{"comment":"cd972ad1c7a891a538fbb64755cb528dfd29011a515f20980c097b6e7cf13292"}', '3e81623e3db21f18865381972ff2702fb74a8c13dd20d00a652d5d4c31591b87', '3126a81d96db116a0f387c3f1f6e2c4aea682b3fcc0d9b4890559ed0d50cdbed');
INSERT INTO public.events VALUES (38, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.assigned', 'd-e75e2d5e0c676597', '{"to":1}', '3126a81d96db116a0f387c3f1f6e2c4aea682b3fcc0d9b4890559ed0d50cdbed', '0be8d4ad810f35660c4b7d3026c6688fdce54810402619659c3b7d6df4bf2e4d');
INSERT INTO public.events VALUES (39, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.closed', 'o-eed6c1bd79a5ee8b', '{"comment":"88ec14085165c425d8965dac1b85df9853ee608473a776b882496a2be178fd1c"}', '0be8d4ad810f35660c4b7d3026c6688fdce54810402619659c3b7d6df4bf2e4d', 'ce67432e7e1d5cb261255670fc276d951392302b0c35b56029b4444b0ac1de09');
INSERT INTO public.events VALUES (40, '2026-04-01T03:00:00.000000Z', 'person:5', 'record.endorsed', 'd-e75e2d5e0c676597', '{}', 'ce67432e7e1d5cb261255670fc276d951392302b0c35b56029b4444b0ac1de09', 'd703954aeb1d53986e7badc70e105e1f1f85951b27eb1bb9fb44fb958b0d2fb8');
INSERT INTO public.events VALUES (41, '2026-04-01T03:00:00.000000Z', 'person:1', 'record.approved', 'd-e75e2d5e0c676597', '{"before":"proposed"}', 'd703954aeb1d53986e7badc70e105e1f1f85951b27eb1bb9fb44fb958b0d2fb8', '65036abf0034a09beea1cf6c3e37592e7792a7878765f76f315ecad663d7b10a');
INSERT INTO public.events VALUES (42, '2026-04-01T03:00:00.000000Z', 'person:1', 'record.undone', 'd-e75e2d5e0c676597', '{"into":null,"state":"proposed","undone":[41]}', '65036abf0034a09beea1cf6c3e37592e7792a7878765f76f315ecad663d7b10a', '0215f413fa2471a80aa1f8d18fc83ede81db2bf9db587801cc982ea8ef8a2f0b');
INSERT INTO public.events VALUES (43, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:1', '{"content":"25218d8ff8b8eabc2f9e189fc78582d84d278d433d1e54a7acc1f5bcc9c87c4d","person":4}', '0215f413fa2471a80aa1f8d18fc83ede81db2bf9db587801cc982ea8ef8a2f0b', 'f46c2453007d1e1bc28a71a8e3e059a5c82b7fcf87b3734bd535007ff32252b7');
INSERT INTO public.events VALUES (44, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:2', '{"content":"fbb1a9ae09cc8e05017b6c406940916adfd553106a1a2a9081c60d2aea665f45","person":4}', 'f46c2453007d1e1bc28a71a8e3e059a5c82b7fcf87b3734bd535007ff32252b7', 'd0cf4f19548306d78880b1d31489716ae70a72372aaa9e146afebb816babc45f');
INSERT INTO public.events VALUES (45, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:3', '{"content":"1f7f99c93c1cae39a7a64e7a63e89dd4054c8317bd946e824111f8d9c392e79c","person":4}', 'd0cf4f19548306d78880b1d31489716ae70a72372aaa9e146afebb816babc45f', 'a407b6d0d208e6772623c0a5cea0d375ca52786a85b0067992d85ce0c66fbdf6');
INSERT INTO public.events VALUES (46, '2026-04-01T03:00:00.000000Z', 'person:5', 'conversation.redacted', 'conversation:4', '{"content":"9fcb7b44ad407e863fc994823ed4894747ce444b21d26fb8a6399019e178a618","person":4}', 'a407b6d0d208e6772623c0a5cea0d375ca52786a85b0067992d85ce0c66fbdf6', '11e4b9dbec4ac65ecf2a83148db41b30251bf227903ca751cf828fbcf82800e0');
INSERT INTO public.events VALUES (47, '2026-04-01T03:00:00.000000Z', 'person:5', 'person.erased', 'person:4', '{"reason":"asked for"}', '11e4b9dbec4ac65ecf2a83148db41b30251bf227903ca751cf828fbcf82800e0', 'a55d413a9cf78803509d503caaef5c2e1c015771541582ed64926cdbe25fa6d2');
INSERT INTO public.events VALUES (48, '2026-04-01T03:00:00.000000Z', 'machine', 'log.cleaned', 'log', '{"erasures":1}', 'a55d413a9cf78803509d503caaef5c2e1c015771541582ed64926cdbe25fa6d2', '2f8efec9856f629efcd3105cc39ffd1b0ee8befb5b006d744ef26893674ebeb5');

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

INSERT INTO public.identities VALUES ('https://id.example.org', 'eve', 1);

INSERT INTO public.links VALUES ('l-6fe24055e3826fc7', 'd-baf376de71ae0cfe', 'd-565d626bfc6fa3eb', 'supersedes', 'confirmed', NULL, 'person:5', NULL, NULL, '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z');
INSERT INTO public.links VALUES ('l-8ce0ffcd6b92cce5', 'a-1cd7a632353fb93c', 'a-3e578eccc60fcbee', 'relates', 'suggested', 0.4, 'test', NULL, NULL, '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.meta VALUES ('log_id', 'eef529962c1f47bd');
INSERT INTO public.meta VALUES ('created_at', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.outbox VALUES ('linking', 'd-565d626bfc6fa3eb', 2);
INSERT INTO public.outbox VALUES ('record', 'a-3e578eccc60fcbee', 3);
INSERT INTO public.outbox VALUES ('linking', 'a-3e578eccc60fcbee', 3);
INSERT INTO public.outbox VALUES ('record', 'o-eed6c1bd79a5ee8b', 4);
INSERT INTO public.outbox VALUES ('linking', 'o-eed6c1bd79a5ee8b', 4);
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
INSERT INTO public.outbox VALUES ('record', 'd-565d626bfc6fa3eb', 20);
INSERT INTO public.outbox VALUES ('record', 'a-141d69c065c588a2', 21);
INSERT INTO public.outbox VALUES ('record', 'd-baf376de71ae0cfe', 23);
INSERT INTO public.outbox VALUES ('linking', 'd-baf376de71ae0cfe', 23);
INSERT INTO public.outbox VALUES ('record', 'd-ca6b0d18d9fbe1a6', 23);
INSERT INTO public.outbox VALUES ('record', 'd-e75e2d5e0c676597', 42);
INSERT INTO public.outbox VALUES ('conversation', 'm-0', 43);
INSERT INTO public.outbox VALUES ('conversation', 'm-1', 44);
INSERT INTO public.outbox VALUES ('conversation', 'm-2', 45);
INSERT INTO public.outbox VALUES ('conversation', 'm-3', 46);

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

INSERT INTO public.records VALUES ('o-449b0049313ae80d', 6, 'm-1', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-11', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL, 0.5, NULL, NULL);
INSERT INTO public.records VALUES ('a-e37d8fdcebbe6964', 11, 'm-3', 'action_item', 'proposed', NULL, 'Buy the paint.', NULL, '2026-03-25', '2026-03-07', NULL, '{"confidence":null,"due":{"date":"2026-03-07","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL, 0.75, NULL, NULL);
INSERT INTO public.records VALUES ('o-9178292a5fa118aa', 12, 'm-3', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-25', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, true, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL, 0.5, NULL, NULL);
INSERT INTO public.records VALUES ('d-565d626bfc6fa3eb', 1, 'm-0', 'decision', 'approved', 'decided', 'Paint the shed number 0 green.', 'shed', '2026-03-04', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 0 green.","statement_source":"written","status":"decided","topic":"shed"}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, 1, NULL, NULL);
INSERT INTO public.records VALUES ('a-141d69c065c588a2', 5, 'm-1', 'action_item', 'rejected', NULL, 'Buy the paint.', NULL, '2026-03-11', '2026-03-05', NULL, '{"confidence":null,"due":{"date":"2026-03-05","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, 0.75, NULL, NULL);
INSERT INTO public.records VALUES ('a-1cd7a632353fb93c', 8, 'm-2', 'action_item', 'proposed', NULL, 'Buy the paint.', NULL, '2026-03-18', '2026-03-06', NULL, '{"confidence":null,"due":{"date":"2026-03-06","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, false, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL, 0.75, NULL, NULL);
INSERT INTO public.records VALUES ('o-2e84d6b83e7c6329', 9, 'm-2', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-18', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, false, false, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL, 0.5, NULL, NULL);
INSERT INTO public.records VALUES ('a-3e578eccc60fcbee', 2, 'm-0', 'action_item', 'proposed', NULL, 'Buy the paint.', NULL, '2026-03-04', '2026-03-04', NULL, '{"confidence":null,"due":{"date":"2026-03-04","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, NULL, 0.75, NULL, NULL);
INSERT INTO public.records VALUES ('o-eed6c1bd79a5ee8b', 3, 'm-0', 'open_question', 'proposed', NULL, 'What does paint cost?', NULL, '2026-03-04', NULL, NULL, '{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, 0.5, NULL, '2026-04-01T03:00:00.000000Z');
INSERT INTO public.records VALUES ('d-e75e2d5e0c676597', 4, 'm-1', 'decision', 'proposed', 'decided', 'Paint the shed number 1 green.', 'shed', '2026-03-11', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 1 green.","statement_source":"written","status":"decided","topic":"shed"}', 1, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, 1, 1, NULL);
INSERT INTO public.records VALUES ('d-ca6b0d18d9fbe1a6', 10, 'm-3', 'decision', 'merged', 'decided', 'Paint the shed number 3 green.', 'shed', '2026-03-25', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 3 green.","statement_source":"written","status":"decided","topic":"shed"}', 1, true, true, 'd-baf376de71ae0cfe', 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, 1, NULL, NULL);
INSERT INTO public.records VALUES ('d-baf376de71ae0cfe', 7, 'm-2', 'decision', 'proposed', 'decided', 'Paint it greener.', 'shed', '2026-03-18', NULL, NULL, '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint it greener.","statement_source":"written","status":"decided","topic":"shed"}', 2, true, true, NULL, 'scripted/none/1', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', NULL, 5, NULL, NULL);

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

INSERT INTO public.restrictions VALUES ('m-3', 1);
INSERT INTO public.restrictions VALUES ('m-3', 5);

INSERT INTO public.reviews VALUES (21, 'd-565d626bfc6fa3eb', 'approve', 'person:5', '2026-04-01T03:00:00.000000Z', 'yes', 1, '{"state":"proposed"}', NULL);
INSERT INTO public.reviews VALUES (22, 'a-141d69c065c588a2', 'reject', 'person:5', '2026-04-01T03:00:00.000000Z', NULL, 1, '{"state":"proposed"}', NULL);
INSERT INTO public.reviews VALUES (23, 'd-baf376de71ae0cfe', 'edit', 'person:5', '2026-04-01T03:00:00.000000Z', NULL, 2, '{"version":1}', NULL);
INSERT INTO public.reviews VALUES (24, 'd-ca6b0d18d9fbe1a6', 'merge', 'person:5', '2026-04-01T03:00:00.000000Z', NULL, 1, '{"into":null,"state":"proposed"}', NULL);
INSERT INTO public.reviews VALUES (25, 'd-baf376de71ae0cfe', 'link', 'person:5', '2026-04-01T03:00:00.000000Z', NULL, 2, '{"link":"l-6fe24055e3826fc7","link_state":null}', NULL);
INSERT INTO public.reviews VALUES (37, 'a-3e578eccc60fcbee', 'comment', 'person:5', '2026-04-01T03:00:00.000000Z', 'By when?', 1, '{}', NULL);
INSERT INTO public.reviews VALUES (38, 'd-e75e2d5e0c676597', 'assign', 'person:5', '2026-04-01T03:00:00.000000Z', NULL, 1, '{"assignee":null}', NULL);
INSERT INTO public.reviews VALUES (39, 'o-eed6c1bd79a5ee8b', 'answer', 'person:5', '2026-04-01T03:00:00.000000Z', 'Forty.', 1, '{"closed_at":null}', NULL);
INSERT INTO public.reviews VALUES (40, 'd-e75e2d5e0c676597', 'approve', 'person:5', '2026-04-01T03:00:00.000000Z', NULL, 1, '{"state":"proposed"}', NULL);
INSERT INTO public.reviews VALUES (41, 'd-e75e2d5e0c676597', 'approve', 'person:1', '2026-04-01T03:00:00.000000Z', NULL, 1, '{"state":"proposed"}', 42);
INSERT INTO public.reviews VALUES (42, 'd-e75e2d5e0c676597', 'undo', 'person:1', '2026-04-01T03:00:00.000000Z', NULL, 1, NULL, NULL);

INSERT INTO public.revisions VALUES ('v-65c30f7229e58cdf', 'd-baf376de71ae0cfe', '{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}', '["decided_by","statement"]', 'suggested', 'scripted/none/1', '2026-04-01T03:00:00.000000Z', NULL);

INSERT INTO public.runs VALUES ('2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', 1, 1, 48, '{}');

INSERT INTO public.salts VALUES ('d-565d626bfc6fa3eb', '2a28aafb6a80d45b9539fd11d9dff707a0fea37b58544399d28bb59afc5cac8b');
INSERT INTO public.salts VALUES ('a-3e578eccc60fcbee', 'dc48974d94a117d3b6ea0cbf11862600b5ebd816d83130eb21afdf8ee39a3eaa');
INSERT INTO public.salts VALUES ('o-eed6c1bd79a5ee8b', 'd6d851470a74278c3b871863694f2ffc5c0d55ae69bc742d9253d182286eb935');
INSERT INTO public.salts VALUES ('sources', 'a177637934a61b0c4a9b9e5c3e48b55d57df40c212971f8599d3683a664e13b0');
INSERT INTO public.salts VALUES ('source:bd0d9a7c74a9dfa7802c437afeafed7e', 'f2e6dcfff5da02f1af34ccfebac3c6067e3f095090b3986551e6dad04171baff');
INSERT INTO public.salts VALUES ('d-e75e2d5e0c676597', '69bff27dea4a2e6c303f86a84d0f71d8ca43a8c45aa25931050ebf5196daa083');
INSERT INTO public.salts VALUES ('a-141d69c065c588a2', 'f204320521ca12b737387bd9b4460dc4945cdf895582de59de628180e78e1918');
INSERT INTO public.salts VALUES ('o-449b0049313ae80d', '775f1aa942753a4268cb0aa8056585c580c15315aa3caf11bf60a9027b4002c9');
INSERT INTO public.salts VALUES ('source:60647bc2cccf298b06ae9e5fc94573b2', '645bf3f0438471094f80373e5cde4fb3b2ed942941b6a9a5f5e908b33d4b6fc7');
INSERT INTO public.salts VALUES ('d-baf376de71ae0cfe', '1d50832854b4febefd3bec3c7dddb298aea1b0783eadd20955069fb86645c439');
INSERT INTO public.salts VALUES ('a-1cd7a632353fb93c', '659ba921f50e5e345ac9b64c9e340687cb405da135d806de1a9ed3e83ce8cd39');
INSERT INTO public.salts VALUES ('o-2e84d6b83e7c6329', 'bc79de58b2d75684f5c28bfccbf5725fa9092a150a4cdae513868f97926797c6');
INSERT INTO public.salts VALUES ('source:e2e1e4d7611bcd335173ee78cdd0ec8e', 'e16a731f70f9f17c065a6773499caff3d840f35659c10552972680b9a491da03');
INSERT INTO public.salts VALUES ('d-ca6b0d18d9fbe1a6', '8f10315b6516b9ac6b32dbd782ef50c52845a94be6b1ce7f26f017c6cfbacf54');
INSERT INTO public.salts VALUES ('a-e37d8fdcebbe6964', '875da8d65b5a51279ae0802a5052b61b56755f4b8b0224933853069d9d495730');
INSERT INTO public.salts VALUES ('o-9178292a5fa118aa', 'e6c93df5dd8ca979a10af907e566bbb457aa4061f6de88903dfce82b5615578a');
INSERT INTO public.salts VALUES ('source:c45561b1dda4a5a617fb58b0b9986409', '2e51e3b4023faa824a1c083f96aaf71461835502310d0f447dbb8f5cceb75653');
INSERT INTO public.salts VALUES ('source:2b7a0cdc372d275573ee8dc7a470650f', 'd96140e5d978f34e048ea16289d9b9702406dd7c82262c49003f2efcae3883e8');
INSERT INTO public.salts VALUES ('conversation:1', '1e380fc2980da4a155540a156f7789b01549b93341182a31f2a16858f385dff8');
INSERT INTO public.salts VALUES ('conversation:2', 'dda30ffa7b0cb41f8ff45ed08da7377f0f9095be16ca27aba8d2c077a9b9319e');
INSERT INTO public.salts VALUES ('conversation:3', '74de0e222d1f49b0cee08fc470ca79178a0a3bf185b5af378bd870753623f840');
INSERT INTO public.salts VALUES ('conversation:4', 'd10ba8a31c6c8b0ccaa724946fc92a7e11beac0b201d9918aefd7dd3b5640d2c');

INSERT INTO public.series VALUES (1, 'shed steering', 'Shed steering 0', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.sessions VALUES ('0000000000000000000000000000000000000000000000000000000000000000', 1, '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z', '2026-04-01T03:00:00.000000Z');

INSERT INTO public.source_conversations VALUES ('folder:m-0.vtt', 'm-0');
INSERT INTO public.source_conversations VALUES ('folder:m-1.vtt', 'm-1');
INSERT INTO public.source_conversations VALUES ('folder:m-2.vtt', 'm-2');
INSERT INTO public.source_conversations VALUES ('folder:m-3.vtt', 'm-3');

INSERT INTO public.sources VALUES ('folder:m-0.vtt', '70751ffcab3aa434151c96cd3bd3cec0e7369ca3b4b557283d07201340975777', 'scripted', 'm-0.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);
INSERT INTO public.sources VALUES ('folder:m-1.vtt', '9e912514d6af3e14158a790ff7d0e6330dfdcf58ac38d44f33d682f2bcd98bdd', 'scripted', 'm-1.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);
INSERT INTO public.sources VALUES ('folder:m-3.vtt', 'b2825a3df9aa4fc05cb9d58370ec0741cd28af4c0bc401fb72ed104f964db7d5', 'scripted', 'm-3.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);
INSERT INTO public.sources VALUES ('folder:m-2.vtt', '69321b2b986d98ca701fb4e6c9617667a75f51209ae7f2c2e18576894891d276', 'scripted', 'm-2.vtt', '2026-04-01T03:00:00.000000Z', true, NULL, 0);

INSERT INTO public.tokens VALUES (1, 1, 'script', '1111111111111111111111111111111111111111111111111111111111111111', 'read', '2026-04-01T03:00:00.000000Z', NULL, NULL, NULL);

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

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT pk_accounts PRIMARY KEY (id);

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

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT pk_identities PRIMARY KEY (issuer, subject);

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

ALTER TABLE ONLY public.restrictions
    ADD CONSTRAINT pk_restrictions PRIMARY KEY (conversation, person);

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

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT pk_sessions PRIMARY KEY (digest);

ALTER TABLE ONLY public.source_conversations
    ADD CONSTRAINT pk_source_conversations PRIMARY KEY (origin, conversation);

ALTER TABLE ONLY public.sources
    ADD CONSTRAINT pk_sources PRIMARY KEY (origin);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT pk_tokens PRIMARY KEY (id);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT pk_turns PRIMARY KEY (conversation, number);

ALTER TABLE ONLY public.vectors
    ADD CONSTRAINT pk_vectors PRIMARY KEY (record);

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT pk_versions PRIMARY KEY (record, version);

ALTER TABLE ONLY public.records_fts
    ADD CONSTRAINT records_fts_pkey PRIMARY KEY (seq);

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT uq_accounts_login UNIQUE (login);

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

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT uq_tokens_digest UNIQUE (digest);

CREATE INDEX ix_accounts_person ON public.accounts USING btree (person);

CREATE INDEX ix_conversation_ids_conversation ON public.conversation_ids USING btree (conversation);

CREATE INDEX ix_conversations_said_on ON public.conversations USING btree (said_on);

CREATE INDEX ix_conversations_series ON public.conversations USING btree (series);

CREATE INDEX ix_events_subject ON public.events USING btree (subject);

CREATE INDEX ix_identities_account ON public.identities USING btree (account);

CREATE INDEX ix_links_from_record ON public.links USING btree (from_record);

CREATE INDEX ix_links_state_kind ON public.links USING btree (state, kind);

CREATE INDEX ix_links_to_record ON public.links USING btree (to_record);

CREATE INDEX ix_outbox_kind_seq ON public.outbox USING btree (kind, seq);

CREATE INDEX ix_participants_person ON public.participants USING btree (person);

CREATE INDEX ix_record_people_person_role ON public.record_people USING btree (person, role);

CREATE INDEX ix_records_assignee_state_weight_seq ON public.records USING btree (assignee, state, weight, seq);

CREATE INDEX ix_records_closed_at ON public.records USING btree (closed_at);

CREATE INDEX ix_records_conversation ON public.records USING btree (conversation);

CREATE INDEX ix_records_due_on ON public.records USING btree (due_on);

CREATE INDEX ix_records_fts_words ON public.records_fts USING gin (words);

CREATE INDEX ix_records_merged_into ON public.records USING btree (merged_into);

CREATE INDEX ix_records_state_said_on_seq ON public.records USING btree (state, said_on, seq);

CREATE INDEX ix_records_state_seq ON public.records USING btree (state, seq);

CREATE INDEX ix_records_state_weight_seq ON public.records USING btree (state, weight, seq);

CREATE INDEX ix_records_type_state_said_on_seq ON public.records USING btree (type, state, said_on, seq);

CREATE INDEX ix_restrictions_person ON public.restrictions USING btree (person);

CREATE INDEX ix_reviews_record ON public.reviews USING btree (record);

CREATE INDEX ix_revisions_record ON public.revisions USING btree (record);

CREATE INDEX ix_revisions_state ON public.revisions USING btree (state);

CREATE INDEX ix_runs_started_at ON public.runs USING btree (started_at);

CREATE INDEX ix_series_key ON public.series USING btree (key);

CREATE INDEX ix_sessions_account ON public.sessions USING btree (account);

CREATE INDEX ix_source_conversations_conversation ON public.source_conversations USING btree (conversation);

CREATE INDEX ix_tokens_account ON public.tokens USING btree (account);

CREATE TRIGGER events_are_not_changed BEFORE DELETE OR UPDATE ON public.events FOR EACH ROW EXECUTE FUNCTION public.refuse_change();

CREATE TRIGGER events_are_not_truncated BEFORE TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT fk_accounts_person FOREIGN KEY (person) REFERENCES public.people(id);

ALTER TABLE ONLY public.conversation_ids
    ADD CONSTRAINT fk_conversation_ids_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT fk_conversations_series FOREIGN KEY (series) REFERENCES public.series(id);

ALTER TABLE ONLY public.erased_names
    ADD CONSTRAINT fk_erased_names_person FOREIGN KEY (person) REFERENCES public.people(id);

ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.identities
    ADD CONSTRAINT fk_identities_account FOREIGN KEY (account) REFERENCES public.accounts(id);

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

ALTER TABLE ONLY public.restrictions
    ADD CONSTRAINT fk_restrictions_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.restrictions
    ADD CONSTRAINT fk_restrictions_person FOREIGN KEY (person) REFERENCES public.people(id);

ALTER TABLE ONLY public.reviews
    ADD CONSTRAINT fk_reviews_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.revisions
    ADD CONSTRAINT fk_revisions_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT fk_sessions_account FOREIGN KEY (account) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.source_conversations
    ADD CONSTRAINT fk_source_conversations_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.source_conversations
    ADD CONSTRAINT fk_source_conversations_origin FOREIGN KEY (origin) REFERENCES public.sources(origin);

ALTER TABLE ONLY public.tokens
    ADD CONSTRAINT fk_tokens_account FOREIGN KEY (account) REFERENCES public.accounts(id);

ALTER TABLE ONLY public.turns
    ADD CONSTRAINT fk_turns_conversation FOREIGN KEY (conversation) REFERENCES public.conversations(id);

ALTER TABLE ONLY public.vectors
    ADD CONSTRAINT fk_vectors_record FOREIGN KEY (record) REFERENCES public.records(id);

ALTER TABLE ONLY public.versions
    ADD CONSTRAINT fk_versions_record FOREIGN KEY (record) REFERENCES public.records(id);

