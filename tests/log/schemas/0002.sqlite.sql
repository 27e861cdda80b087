BEGIN TRANSACTION;
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	login TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	password TEXT, 
	created_at TEXT NOT NULL, 
	disabled_at TEXT, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT ck_accounts_role CHECK (role IN ('reader', 'reviewer', 'admin')), 
	CONSTRAINT fk_accounts_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT uq_accounts_login UNIQUE (login)
);
INSERT INTO "accounts" VALUES(1,'eve',5,'admin','$argon2id$none','2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE backups (
	path TEXT NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_backups PRIMARY KEY (path)
);
INSERT INTO "backups" VALUES('/var/backups/decisions/log.db','2026-04-01T03:00:00.000000Z');
CREATE TABLE conversation_ids (
	id TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	CONSTRAINT pk_conversation_ids PRIMARY KEY (id), 
	CONSTRAINT fk_conversation_ids_conversation FOREIGN KEY(conversation) REFERENCES conversations (id)
);
INSERT INTO "conversation_ids" VALUES('m-0','m-0');
INSERT INTO "conversation_ids" VALUES('m-1','m-1');
INSERT INTO "conversation_ids" VALUES('m-2','m-2');
INSERT INTO "conversation_ids" VALUES('m-3','m-3');
CREATE TABLE conversations (
	id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	title TEXT NOT NULL, 
	source TEXT NOT NULL, 
	started_at TEXT, 
	said_on TEXT, 
	series INTEGER, 
	turns INTEGER NOT NULL, 
	participants TEXT NOT NULL, 
	coverage TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	unprocessed TEXT NOT NULL, 
	engine TEXT NOT NULL, 
	content TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	forgotten_at TEXT, 
	erased_at TEXT, 
	CONSTRAINT pk_conversations PRIMARY KEY (id), 
	CONSTRAINT fk_conversations_series FOREIGN KEY(series) REFERENCES series (id), 
	CONSTRAINT uq_conversations_seq UNIQUE (seq)
);
INSERT INTO "conversations" VALUES('m-0',1,'meeting','Shed steering 0','test.vtt','"2026-03-04"','2026-03-04',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','7bb78e225fe7a98cae2fc259c6af32c61eac37a2827cddccf2d9f880de55fc02','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-1',2,'meeting','Shed steering 1','test.vtt','"2026-03-11"','2026-03-11',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','103c32a58e986789d41b0e4c96168c38b575b68350658ddc78f4dfb05cb321ce','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-2',3,'meeting','Shed steering 2','test.vtt','"2026-03-04"','2026-03-04',1,1,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":34,"set_aside":[],"used":34}','[]','[]','scripted/none/1','d36302e693acee512f81ec5b5124a7be43bb277f696be9766f398c2b1a65ffc9','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-3',4,'meeting','Shed steering 3','test.vtt','"2026-03-25"','2026-03-25',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','a43a93cef294bedac48443b24378f9b18183952ab4f678638c0c3ed0e8912933','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
CREATE TABLE deliveries (
	digest TEXT NOT NULL, 
	target TEXT NOT NULL, 
	state TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	problem TEXT, 
	created_at TEXT NOT NULL, 
	sent_at TEXT, 
	CONSTRAINT pk_deliveries PRIMARY KEY (digest, target), 
	CONSTRAINT ck_deliveries_state CHECK (state IN ('pending', 'sent', 'given_up'))
);
INSERT INTO "deliveries" VALUES('digest-f183850ebc33e5d4-1','file-8b43baf6d921','pending',0,NULL,'2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE digests (
	id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	after_event INTEGER NOT NULL, 
	last_event INTEGER NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_seq UNIQUE (seq)
);
INSERT INTO "digests" VALUES('digest-f183850ebc33e5d4-1',1,0,48,'2026-04-01T03:00:00.000000Z');
CREATE TABLE erased_names (
	person INTEGER NOT NULL, 
	salt TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_erased_names PRIMARY KEY (person, digest), 
	CONSTRAINT fk_erased_names_person FOREIGN KEY(person) REFERENCES people (id)
);
INSERT INTO "erased_names" VALUES(4,'645384885090c3d667b6ef97627e6c19511607656c98402fec11c2bf044b72be','1cb201259380b1e368c8998182923617e3e09cb4a41377b0f6a8b3eba20186a2');
CREATE TABLE events (
	seq INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	previous TEXT NOT NULL, 
	hash TEXT NOT NULL, 
	CONSTRAINT pk_events PRIMARY KEY (seq)
);
INSERT INTO "events" VALUES(1,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:1','{"content":"1bc32f8398327ca7957fd6d2a12148c43251d1a7fa7fbe6c2307fb7a3838a5a7","engine":"scripted/none/1","turns":4}','0000000000000000000000000000000000000000000000000000000000000000','f6ade95e2f2cf611e355b526b6793cf0019893078aa6dc8253da35f90d0eca4f');
INSERT INTO "events" VALUES(2,'2026-04-01T03:00:00.000000Z','machine','record.added','d-565d626bfc6fa3eb','{"content":"9aee8b0af64ed8444d6b7de12267e02b574826e2aa1f5d289b884b054ad455b3","conversation":1,"state":"proposed","type":"decision"}','f6ade95e2f2cf611e355b526b6793cf0019893078aa6dc8253da35f90d0eca4f','5f88c349c2c1e43e74b2244ef3dac2b9bf537fc31167d4c30643b701241e5fe0');
INSERT INTO "events" VALUES(3,'2026-04-01T03:00:00.000000Z','machine','record.added','a-3e578eccc60fcbee','{"content":"44195df1952e500282c336442c2e4437c25d54a72aa3d8ab2b20904ac185039c","conversation":1,"state":"proposed","type":"action_item"}','5f88c349c2c1e43e74b2244ef3dac2b9bf537fc31167d4c30643b701241e5fe0','d44f385feb968fa68a1c184f4f9152ecdc5f935227347f2d19124a3d6ae23dd3');
INSERT INTO "events" VALUES(4,'2026-04-01T03:00:00.000000Z','machine','record.added','o-eed6c1bd79a5ee8b','{"content":"41c62e909e7ba89f50148243d8082d641c9f6fda2ad505c250ffbe71f16bfd95","conversation":1,"state":"proposed","type":"open_question"}','d44f385feb968fa68a1c184f4f9152ecdc5f935227347f2d19124a3d6ae23dd3','411f5eeb8013ad3dc17bc5ec0e384ffe8fdeb10890496b07d447746be6144335');
INSERT INTO "events" VALUES(5,'2026-04-01T03:00:00.000000Z','machine','source.read','source:c8b50d7fdbf1462106cf93ac7f17472d','{"complete":true,"content":"d13dacbce7346914ff5a43cb56d9f0e7e92de94fc0b5db498979982391f59928"}','411f5eeb8013ad3dc17bc5ec0e384ffe8fdeb10890496b07d447746be6144335','7adebd4f6ff4d04b81ebba7e4f7777537b7d2f254f55699a2323de63876d940f');
INSERT INTO "events" VALUES(6,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:2','{"content":"b19a2298759c6035815e21e814946856aec8dc9de4790ceb64b55389f0a5e819","engine":"scripted/none/1","turns":4}','7adebd4f6ff4d04b81ebba7e4f7777537b7d2f254f55699a2323de63876d940f','f4b3ed35f192583d2d2548deb8341ec52c524de1bd742775740f62d39b3298d8');
INSERT INTO "events" VALUES(7,'2026-04-01T03:00:00.000000Z','machine','record.added','d-e75e2d5e0c676597','{"content":"da08dbea35fb193ba46e3effa6b764151fe842d72efb71fdc3b58466e7495aa7","conversation":2,"state":"proposed","type":"decision"}','f4b3ed35f192583d2d2548deb8341ec52c524de1bd742775740f62d39b3298d8','29908d9fba3da71ce1919414e807d3c190a857620ce751a09239478eac79b0cb');
INSERT INTO "events" VALUES(8,'2026-04-01T03:00:00.000000Z','machine','record.added','a-141d69c065c588a2','{"content":"7a6284137fa8369edd80367610fea7d9f5e60fb609eaba14ef84ef4f50e73aab","conversation":2,"state":"proposed","type":"action_item"}','29908d9fba3da71ce1919414e807d3c190a857620ce751a09239478eac79b0cb','6f7aa5455cfda4aa81bf751c7c83728a51394623c2474442ce8355b1b165444f');
INSERT INTO "events" VALUES(9,'2026-04-01T03:00:00.000000Z','machine','record.added','o-449b0049313ae80d','{"content":"c297dafa515cff233a03e6f04c02d1c30baa0fc83364b5febce68ae0352e7020","conversation":2,"state":"proposed","type":"open_question"}','6f7aa5455cfda4aa81bf751c7c83728a51394623c2474442ce8355b1b165444f','6e9ca2b03370dd89ad3e93d4cd118fa46112ba9e68e976980104fbe8efd8e3bb');
INSERT INTO "events" VALUES(10,'2026-04-01T03:00:00.000000Z','machine','source.read','source:793f58475eed17722bf405a365ce6c48','{"complete":true,"content":"5e5c761f26084b18aafc17b555fbc54f9b53128c52d14f84b75d76a290db5254"}','6e9ca2b03370dd89ad3e93d4cd118fa46112ba9e68e976980104fbe8efd8e3bb','8adf1159d87b19dfd567add3bbdf324a7afcc7b0b1af789dcde8d789b38beac4');
INSERT INTO "events" VALUES(11,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:3','{"content":"889e8e1b115a10703d7ddc76030ee7ac831c01e7d211e002b100d5c9df5c2d6a","engine":"scripted/none/1","turns":4}','8adf1159d87b19dfd567add3bbdf324a7afcc7b0b1af789dcde8d789b38beac4','ec6a8a4c5c01b7430c106c34060b77f6a692654ba7d63bb2d5c601c26612371e');
INSERT INTO "events" VALUES(12,'2026-04-01T03:00:00.000000Z','machine','record.added','d-baf376de71ae0cfe','{"content":"ede9ac36636bd0b1d18a2dbf8790be179a61ed345d177f1c87f80cb315066b82","conversation":3,"state":"proposed","type":"decision"}','ec6a8a4c5c01b7430c106c34060b77f6a692654ba7d63bb2d5c601c26612371e','9f2a593f7237bc8ab53249094c80d2683f49ad519bfd53764f3fada6c7013d6d');
INSERT INTO "events" VALUES(13,'2026-04-01T03:00:00.000000Z','machine','record.added','a-1cd7a632353fb93c','{"content":"6bf1d2fc81ecaec8713e0a9d238b2d863d13ba42abd0a9541c24a5d9b4d852ae","conversation":3,"state":"proposed","type":"action_item"}','9f2a593f7237bc8ab53249094c80d2683f49ad519bfd53764f3fada6c7013d6d','203a170182abf7bd9cbd9564c3b127313007139c672818f78b6844b0682628a4');
INSERT INTO "events" VALUES(14,'2026-04-01T03:00:00.000000Z','machine','record.added','o-2e84d6b83e7c6329','{"content":"88f14ef1f98de9ea2892e5a1edcc95489824daa716c4c030bc82b9968ccc9801","conversation":3,"state":"proposed","type":"open_question"}','203a170182abf7bd9cbd9564c3b127313007139c672818f78b6844b0682628a4','7c97dd9627fcb64d6fff19fefad3fc4484d0e25bb2962dedc9f0eaac856aeac7');
INSERT INTO "events" VALUES(15,'2026-04-01T03:00:00.000000Z','machine','source.read','source:a2cee1fbcb2fabc674b5279c62e058a3','{"complete":true,"content":"55659325f24377aa7f6c95fb758e72a51295237a52e98dc4ebe2e9547ab61b85"}','7c97dd9627fcb64d6fff19fefad3fc4484d0e25bb2962dedc9f0eaac856aeac7','9fcc237e0d10e27c2011c28383540419df837bfa9018db1ec88ecc2d83a86847');
INSERT INTO "events" VALUES(16,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:4','{"content":"a37fbec885ae82165236758bd28586220b7f2f73511b60fa361fd40bab861fce","engine":"scripted/none/1","turns":4}','9fcc237e0d10e27c2011c28383540419df837bfa9018db1ec88ecc2d83a86847','96178d416078ad448917f5bc57d938caf0deda93e5b32de9b73c070444cb9c9a');
INSERT INTO "events" VALUES(17,'2026-04-01T03:00:00.000000Z','machine','record.added','d-ca6b0d18d9fbe1a6','{"content":"1eed18711800878f7affe8e2bf40cb62a049e31dbe8ca414d8fefdc0349d9a8c","conversation":4,"state":"proposed","type":"decision"}','96178d416078ad448917f5bc57d938caf0deda93e5b32de9b73c070444cb9c9a','4e3542f932f7a1a19aa7b4d9fde112f944ce3e7e6e2ad2cdbb32bc8766350a8e');
INSERT INTO "events" VALUES(18,'2026-04-01T03:00:00.000000Z','machine','record.added','a-e37d8fdcebbe6964','{"content":"a8359a20631919bacc12ade86b3c408d49570ebe97e4733a33e225d2e041a062","conversation":4,"state":"proposed","type":"action_item"}','4e3542f932f7a1a19aa7b4d9fde112f944ce3e7e6e2ad2cdbb32bc8766350a8e','a624f422349dd11a3fdfc74d946a0fb80f028ac247bc35ffc7e4c69dcacf1384');
INSERT INTO "events" VALUES(19,'2026-04-01T03:00:00.000000Z','machine','record.added','o-9178292a5fa118aa','{"content":"73f63b9596d3b13753aa984d8c0f04139c659b8a58ceca44affc3335b8ffba99","conversation":4,"state":"proposed","type":"open_question"}','a624f422349dd11a3fdfc74d946a0fb80f028ac247bc35ffc7e4c69dcacf1384','8ac34754ec9754ea79820df8cdf7cfe88cabc64ea7847aba33d2bc9a3d95ddc8');
INSERT INTO "events" VALUES(20,'2026-04-01T03:00:00.000000Z','machine','source.read','source:6b706c502fd160f3f99f2f86fdaf9137','{"complete":true,"content":"5f8498f87b8b3b76d65eb25a7bcb179a31f2ef0c195f8f35a8e23d7ef33e6f4b"}','8ac34754ec9754ea79820df8cdf7cfe88cabc64ea7847aba33d2bc9a3d95ddc8','36420969f7308b7932a65559eeae91df1ff565de3afd71ef258fe7c7f0730c06');
INSERT INTO "events" VALUES(21,'2026-04-01T03:00:00.000000Z','person:5','record.approved','d-565d626bfc6fa3eb','{"before":"proposed","comment":"69e264b61b47353f24a7bdbb52d4243d4b0d5ebf363e0c0b17d0823b1da8636f"}','36420969f7308b7932a65559eeae91df1ff565de3afd71ef258fe7c7f0730c06','5304726df44034188187788f54e09758c1e4e4b100b3aadd4cf1c02ef548bedb');
INSERT INTO "events" VALUES(22,'2026-04-01T03:00:00.000000Z','person:5','record.rejected','a-141d69c065c588a2','{"before":"proposed"}','5304726df44034188187788f54e09758c1e4e4b100b3aadd4cf1c02ef548bedb','999ac743cb7b52c921ca8e8a437bcc63f79eeb71202f6df5e34d6c510db05b4e');
INSERT INTO "events" VALUES(23,'2026-04-01T03:00:00.000000Z','person:5','record.edited','d-baf376de71ae0cfe','{"content":"0d1cbb719864faa16cba9ae8eaf9b3be99e418c0f11e775085b1d909fcf4f939","fields":["statement"],"version":2}','999ac743cb7b52c921ca8e8a437bcc63f79eeb71202f6df5e34d6c510db05b4e','35d39316ba1812d8de6a2aa598e7048b10cd5fe59c405253e94d9720abf03b05');
INSERT INTO "events" VALUES(24,'2026-04-01T03:00:00.000000Z','person:5','record.merged','d-ca6b0d18d9fbe1a6','{"into":"d-baf376de71ae0cfe"}','35d39316ba1812d8de6a2aa598e7048b10cd5fe59c405253e94d9720abf03b05','ef55067f2f73be3ed54e706517b8fb9a851be8ac780745827d876bcf99c4c559');
INSERT INTO "events" VALUES(25,'2026-04-01T03:00:00.000000Z','person:5','link.confirmed','l-6fe24055e3826fc7','{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}','ef55067f2f73be3ed54e706517b8fb9a851be8ac780745827d876bcf99c4c559','810fc6b4463cb0a54a61047dbefa2b082e6a3ebf3ed591af30da11beb4be1ece');
INSERT INTO "events" VALUES(26,'2026-04-01T03:00:00.000000Z','machine','link.suggested','l-8ce0ffcd6b92cce5','{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}','810fc6b4463cb0a54a61047dbefa2b082e6a3ebf3ed591af30da11beb4be1ece','185286ae80f89d00f9f5872312cc3e79a364918cac4ac5531c472cf1d04409db');
INSERT INTO "events" VALUES(27,'2026-04-01T03:00:00.000000Z','machine','source.quarantined','source:a0bc1691461b3fc66320033e50bc1c60','{"attempts":1,"content":"86c11cc1cf01c57daf128ede3b2eedcef6c042c4f571a6d8e5de8929e1e8163a"}','185286ae80f89d00f9f5872312cc3e79a364918cac4ac5531c472cf1d04409db','575c93f27b145514a0566cf7154fa969fb394a6b2267e125b152078521e0c947');
INSERT INTO "events" VALUES(28,'2026-04-01T03:00:00.000000Z','machine','conversation.grown','conversation:3','{"content":"1d6d90b6e9a6eead1671592b984f02b4ed6a04d42d778a6d3712bb3da7c6e49e","engine":"scripted/none/1","turns":1}','575c93f27b145514a0566cf7154fa969fb394a6b2267e125b152078521e0c947','149d610aaeeb33a28b172b9d9521c5563a4bd1479ff8c610123397655ce8a098');
INSERT INTO "events" VALUES(29,'2026-04-01T03:00:00.000000Z','machine','record.relocated','d-baf376de71ae0cfe','{"content":"a3d2cee7beed0a1f6d98c05389d58c808f8c0c7cc6c65b0861846c0ac00327b5","lost":[]}','149d610aaeeb33a28b172b9d9521c5563a4bd1479ff8c610123397655ce8a098','3ee9831106c3c5d676a8ed30e4793bac0163bf9c911b27c8bd37abb13a581e44');
INSERT INTO "events" VALUES(30,'2026-04-01T03:00:00.000000Z','machine','record.relocated','a-1cd7a632353fb93c','{"content":"6bf1d2fc81ecaec8713e0a9d238b2d863d13ba42abd0a9541c24a5d9b4d852ae","lost":[0]}','3ee9831106c3c5d676a8ed30e4793bac0163bf9c911b27c8bd37abb13a581e44','9779ce08a32d0f35d82bd3f92995614aba59cf047724fb7d578a9a1f509b42fb');
INSERT INTO "events" VALUES(31,'2026-04-01T03:00:00.000000Z','machine','record.relocated','o-2e84d6b83e7c6329','{"content":"88f14ef1f98de9ea2892e5a1edcc95489824daa716c4c030bc82b9968ccc9801","lost":[0]}','9779ce08a32d0f35d82bd3f92995614aba59cf047724fb7d578a9a1f509b42fb','e5adfd42cc6b953717e60678203da058d2704d81b30a4b3baaeebe0ff0619829');
INSERT INTO "events" VALUES(32,'2026-04-01T03:00:00.000000Z','machine','revision.suggested','d-baf376de71ae0cfe','{"content":"db6a45624c91d5df8a71ea3c11494c608c11839a9589223ad11f83a1af777d4b","fields":["decided_by","statement"],"revision":"v-db6a45624c91d5df"}','e5adfd42cc6b953717e60678203da058d2704d81b30a4b3baaeebe0ff0619829','021d539dc0fdb064c23ed83d1b8638fd96d0f3bec533cf1916d7ea52709bd456');
INSERT INTO "events" VALUES(33,'2026-04-01T03:00:00.000000Z','machine','record.not_found','a-1cd7a632353fb93c','{}','021d539dc0fdb064c23ed83d1b8638fd96d0f3bec533cf1916d7ea52709bd456','69520be32f247e529542f14a17a5c8b0e7f1f09679813e83d45f7161522a50ae');
INSERT INTO "events" VALUES(34,'2026-04-01T03:00:00.000000Z','machine','record.not_found','o-2e84d6b83e7c6329','{}','69520be32f247e529542f14a17a5c8b0e7f1f09679813e83d45f7161522a50ae','c8fc0f906db6739d0799ac144722587a9687dfd3ceac8f54bea3761d958e9983');
INSERT INTO "events" VALUES(35,'2026-04-01T03:00:00.000000Z','machine','source.read','source:a2cee1fbcb2fabc674b5279c62e058a3','{"complete":true,"content":"59fa0e881c09fd455750f6d120c2a45aa6abbb1d533eff83d5026260edcdaf37"}','c8fc0f906db6739d0799ac144722587a9687dfd3ceac8f54bea3761d958e9983','57bfb382960d8d231b60315052a510d05218c3e44e11fbd266f469c4070d9ff0');
INSERT INTO "events" VALUES(36,'2026-04-01T03:00:00.000000Z','person:5','conversation.restricted','conversation:4','{"people":[1,5]}','57bfb382960d8d231b60315052a510d05218c3e44e11fbd266f469c4070d9ff0','4e70b8d3419d9ae5ccbf0a537df5a1e43d2e9e08298f116928e4da36870fc398');
INSERT INTO "events" VALUES(37,'2026-04-01T03:00:00.000000Z','person:5','record.commented','a-3e578eccc60fcbee','{"comment":"b4ea03eb66f450247930bcf7d060d18d51ad66ac31ac11261e7de1acdbf0c7bb"}','4e70b8d3419d9ae5ccbf0a537df5a1e43d2e9e08298f116928e4da36870fc398','1f0e76d441030c401d43dd87aca5b99ffa4ef53412285d3d8702f3aedee3c73e');
INSERT INTO "events" VALUES(38,'2026-04-01T03:00:00.000000Z','person:5','record.assigned','d-e75e2d5e0c676597','{"to":1}','1f0e76d441030c401d43dd87aca5b99ffa4ef53412285d3d8702f3aedee3c73e','f4b3acb1c6b445232927d530fdb96faeaa9d31e2ce2c79ad322522c890a83629');
INSERT INTO "events" VALUES(39,'2026-04-01T03:00:00.000000Z','person:5','record.closed','o-eed6c1bd79a5ee8b','{"comment":"3bfbc080a66675b7e5e23709d91269b376e4f8639b6350084bec15c3f8bc8b4d"}','f4b3acb1c6b445232927d530fdb96faeaa9d31e2ce2c79ad322522c890a83629','2e198b553778c2aeebbf7984efd7f45500562490c33679948e924830502fa154');
INSERT INTO "events" VALUES(40,'2026-04-01T03:00:00.000000Z','person:5','record.endorsed','d-e75e2d5e0c676597','{}','2e198b553778c2aeebbf7984efd7f45500562490c33679948e924830502fa154','2fb0150b4e76b748459a424640b9a73caa5f89bdf4933444a40de6a8834974f4');
INSERT INTO "events" VALUES(41,'2026-04-01T03:00:00.000000Z','person:1','record.approved','d-e75e2d5e0c676597','{"before":"proposed"}','2fb0150b4e76b748459a424640b9a73caa5f89bdf4933444a40de6a8834974f4','ccf926158d88914a51167d9a4888bba7ae24f4573c233ec693d57fc85c17e0c1');
INSERT INTO "events" VALUES(42,'2026-04-01T03:00:00.000000Z','person:1','record.undone','d-e75e2d5e0c676597','{"into":null,"state":"proposed","undone":[41]}','ccf926158d88914a51167d9a4888bba7ae24f4573c233ec693d57fc85c17e0c1','653daede774db30e626dae6558dfbee0e6c9c88d3e2dec997aaded621fecb260');
INSERT INTO "events" VALUES(43,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:1','{"content":"7bb78e225fe7a98cae2fc259c6af32c61eac37a2827cddccf2d9f880de55fc02","person":4}','653daede774db30e626dae6558dfbee0e6c9c88d3e2dec997aaded621fecb260','54fb6580e32332c28c01b7bc0fcb38ccc5431158a34c0d5118e83e0de4d60795');
INSERT INTO "events" VALUES(44,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:2','{"content":"103c32a58e986789d41b0e4c96168c38b575b68350658ddc78f4dfb05cb321ce","person":4}','54fb6580e32332c28c01b7bc0fcb38ccc5431158a34c0d5118e83e0de4d60795','d608e90fa03d1362ac700aacbbe2a709dafa13bcd29bc3efbd2b58ddb17beb2e');
INSERT INTO "events" VALUES(45,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:3','{"content":"d36302e693acee512f81ec5b5124a7be43bb277f696be9766f398c2b1a65ffc9","person":4}','d608e90fa03d1362ac700aacbbe2a709dafa13bcd29bc3efbd2b58ddb17beb2e','a149d624537d1403182cca2c73e589f877fb287b1f09b5c7a82af9aa7c545b36');
INSERT INTO "events" VALUES(46,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:4','{"content":"a43a93cef294bedac48443b24378f9b18183952ab4f678638c0c3ed0e8912933","person":4}','a149d624537d1403182cca2c73e589f877fb287b1f09b5c7a82af9aa7c545b36','3034a1d759ff6ace19204b8f72d64c0b73da4c675ac4bcbb28c31287cd2a93f3');
INSERT INTO "events" VALUES(47,'2026-04-01T03:00:00.000000Z','person:5','person.erased','person:4','{"reason":"asked for"}','3034a1d759ff6ace19204b8f72d64c0b73da4c675ac4bcbb28c31287cd2a93f3','983261907ec549503a542e006480a2a221f42d731baa1f6a38a4c4f6375198cb');
INSERT INTO "events" VALUES(48,'2026-04-01T03:00:00.000000Z','machine','log.cleaned','log','{"erasures":1}','983261907ec549503a542e006480a2a221f42d731baa1f6a38a4c4f6375198cb','83f0b4c2001489e3fbdcd0351157de821e7772e04f2d6adef5866962ce82effc');
CREATE TABLE evidence (
	record TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	turn INTEGER NOT NULL, 
	start_char INTEGER NOT NULL, 
	end_char INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	speaker TEXT, 
	time TEXT, 
	located BOOLEAN NOT NULL, 
	CONSTRAINT pk_evidence PRIMARY KEY (record, number), 
	CONSTRAINT fk_evidence_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "evidence" VALUES('d-565d626bfc6fa3eb',0,'proposed',0,6,20,'paint the shed','ada-lund',NULL,1);
INSERT INTO "evidence" VALUES('a-3e578eccc60fcbee',0,'proposed',1,2,15,'buy the paint','ben-ito',NULL,1);
INSERT INTO "evidence" VALUES('o-eed6c1bd79a5ee8b',0,'proposed',2,0,9,'Who knows','cy-roe',NULL,1);
INSERT INTO "evidence" VALUES('d-e75e2d5e0c676597',0,'proposed',0,6,20,'paint the shed','ada-lund',NULL,1);
INSERT INTO "evidence" VALUES('a-141d69c065c588a2',0,'proposed',1,2,15,'buy the paint','ben-ito',NULL,1);
INSERT INTO "evidence" VALUES('o-449b0049313ae80d',0,'proposed',2,0,9,'Who knows','cy-roe',NULL,1);
INSERT INTO "evidence" VALUES('a-1cd7a632353fb93c',0,'proposed',1,2,15,'buy the paint','ben-ito',NULL,0);
INSERT INTO "evidence" VALUES('o-2e84d6b83e7c6329',0,'proposed',2,0,9,'Who knows','cy-roe',NULL,0);
INSERT INTO "evidence" VALUES('d-ca6b0d18d9fbe1a6',0,'proposed',0,6,20,'paint the shed','ada-lund',NULL,1);
INSERT INTO "evidence" VALUES('a-e37d8fdcebbe6964',0,'proposed',1,2,15,'buy the paint','ben-ito',NULL,1);
INSERT INTO "evidence" VALUES('o-9178292a5fa118aa',0,'proposed',2,0,9,'Who knows','cy-roe',NULL,1);
INSERT INTO "evidence" VALUES('d-baf376de71ae0cfe',0,'proposed',0,3,17,'paint the shed','ada-lund',NULL,1);
CREATE TABLE identities (
	issuer TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	CONSTRAINT pk_identities PRIMARY KEY (issuer, subject), 
	CONSTRAINT fk_identities_account FOREIGN KEY(account) REFERENCES accounts (id)
);
INSERT INTO "identities" VALUES('https://id.example.org','eve',1);
CREATE TABLE links (
	id TEXT NOT NULL, 
	from_record TEXT NOT NULL, 
	to_record TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	state TEXT NOT NULL, 
	confidence FLOAT, 
	judge TEXT NOT NULL, 
	from_quote INTEGER, 
	to_quote INTEGER, 
	created_at TEXT NOT NULL, 
	decided_at TEXT, 
	CONSTRAINT pk_links PRIMARY KEY (id), 
	CONSTRAINT ck_links_kind CHECK (kind IN ('supersedes', 'duplicates', 'contradicts', 'answers', 'implements', 'relates')), 
	CONSTRAINT ck_links_state CHECK (state IN ('suggested', 'confirmed', 'rejected')), 
	CONSTRAINT fk_links_from_record FOREIGN KEY(from_record) REFERENCES records (id), 
	CONSTRAINT fk_links_to_record FOREIGN KEY(to_record) REFERENCES records (id), 
	CONSTRAINT uq_links_from_record_to_record_kind UNIQUE (from_record, to_record, kind)
);
INSERT INTO "links" VALUES('l-6fe24055e3826fc7','d-baf376de71ae0cfe','d-565d626bfc6fa3eb','supersedes','confirmed',NULL,'person:5',NULL,NULL,'2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z');
INSERT INTO "links" VALUES('l-8ce0ffcd6b92cce5','a-1cd7a632353fb93c','a-3e578eccc60fcbee','relates','suggested',0.4,'test',NULL,NULL,'2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE meta (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_meta PRIMARY KEY ("key")
);
INSERT INTO "meta" VALUES('log_id','f183850ebc33e5d4');
INSERT INTO "meta" VALUES('created_at','2026-04-01T03:00:00.000000Z');
CREATE TABLE outbox (
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (kind, subject), 
	CONSTRAINT ck_outbox_kind CHECK (kind IN ('record', 'conversation', 'linking'))
);
INSERT INTO "outbox" VALUES('conversation','m-0',43);
INSERT INTO "outbox" VALUES('record','d-565d626bfc6fa3eb',20);
INSERT INTO "outbox" VALUES('linking','d-565d626bfc6fa3eb',2);
INSERT INTO "outbox" VALUES('record','a-3e578eccc60fcbee',3);
INSERT INTO "outbox" VALUES('linking','a-3e578eccc60fcbee',3);
INSERT INTO "outbox" VALUES('record','o-eed6c1bd79a5ee8b',4);
INSERT INTO "outbox" VALUES('linking','o-eed6c1bd79a5ee8b',4);
INSERT INTO "outbox" VALUES('conversation','m-1',44);
INSERT INTO "outbox" VALUES('record','d-e75e2d5e0c676597',42);
INSERT INTO "outbox" VALUES('linking','d-e75e2d5e0c676597',7);
INSERT INTO "outbox" VALUES('record','a-141d69c065c588a2',21);
INSERT INTO "outbox" VALUES('linking','a-141d69c065c588a2',8);
INSERT INTO "outbox" VALUES('record','o-449b0049313ae80d',9);
INSERT INTO "outbox" VALUES('linking','o-449b0049313ae80d',9);
INSERT INTO "outbox" VALUES('conversation','m-2',45);
INSERT INTO "outbox" VALUES('record','d-baf376de71ae0cfe',23);
INSERT INTO "outbox" VALUES('linking','d-baf376de71ae0cfe',23);
INSERT INTO "outbox" VALUES('record','a-1cd7a632353fb93c',13);
INSERT INTO "outbox" VALUES('linking','a-1cd7a632353fb93c',13);
INSERT INTO "outbox" VALUES('record','o-2e84d6b83e7c6329',14);
INSERT INTO "outbox" VALUES('linking','o-2e84d6b83e7c6329',14);
INSERT INTO "outbox" VALUES('conversation','m-3',46);
INSERT INTO "outbox" VALUES('record','d-ca6b0d18d9fbe1a6',23);
INSERT INTO "outbox" VALUES('linking','d-ca6b0d18d9fbe1a6',17);
INSERT INTO "outbox" VALUES('record','a-e37d8fdcebbe6964',18);
INSERT INTO "outbox" VALUES('linking','a-e37d8fdcebbe6964',18);
INSERT INTO "outbox" VALUES('record','o-9178292a5fa118aa',19);
INSERT INTO "outbox" VALUES('linking','o-9178292a5fa118aa',19);
CREATE TABLE participants (
	conversation TEXT NOT NULL, 
	participant TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	CONSTRAINT pk_participants PRIMARY KEY (conversation, participant), 
	CONSTRAINT fk_participants_conversation FOREIGN KEY(conversation) REFERENCES conversations (id), 
	CONSTRAINT fk_participants_person FOREIGN KEY(person) REFERENCES people (id)
);
INSERT INTO "participants" VALUES('m-0','ada-lund',1);
INSERT INTO "participants" VALUES('m-0','ben-ito',2);
INSERT INTO "participants" VALUES('m-0','cy-roe',3);
INSERT INTO "participants" VALUES('m-1','ada-lund',1);
INSERT INTO "participants" VALUES('m-1','ben-ito',2);
INSERT INTO "participants" VALUES('m-1','cy-roe',3);
INSERT INTO "participants" VALUES('m-2','ada-lund',1);
INSERT INTO "participants" VALUES('m-2','ben-ito',2);
INSERT INTO "participants" VALUES('m-2','cy-roe',3);
INSERT INTO "participants" VALUES('m-3','ada-lund',1);
INSERT INTO "participants" VALUES('m-3','ben-ito',2);
INSERT INTO "participants" VALUES('m-3','cy-roe',3);
INSERT INTO "participants" VALUES('m-0','erased-person-4',4);
INSERT INTO "participants" VALUES('m-1','erased-person-4',4);
INSERT INTO "participants" VALUES('m-2','erased-person-4',4);
INSERT INTO "participants" VALUES('m-3','erased-person-4',4);
CREATE TABLE people (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	name TEXT NOT NULL, 
	erased_at TEXT, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_key UNIQUE ("key")
);
INSERT INTO "people" VALUES(1,'ada lund','Ada Lund',NULL);
INSERT INTO "people" VALUES(2,'ben ito','Ben Ito',NULL);
INSERT INTO "people" VALUES(3,'cy roe','Cy Roe',NULL);
INSERT INTO "people" VALUES(4,'erased person 4','Erased person 4','2026-04-01T03:00:00.000000Z');
INSERT INTO "people" VALUES(5,'eve oak','Eve Oak',NULL);
CREATE TABLE quarantine (
	origin TEXT NOT NULL, 
	version TEXT NOT NULL, 
	label TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	since TEXT NOT NULL, 
	last_at TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	CONSTRAINT pk_quarantine PRIMARY KEY (origin)
);
INSERT INTO "quarantine" VALUES('folder:bad.vtt','v1','bad.vtt','no cue','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',1);
CREATE TABLE record_people (
	record TEXT NOT NULL, 
	role TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	CONSTRAINT pk_record_people PRIMARY KEY (record, role, person), 
	CONSTRAINT fk_record_people_person FOREIGN KEY(person) REFERENCES people (id), 
	CONSTRAINT fk_record_people_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "record_people" VALUES('d-565d626bfc6fa3eb','decider',1);
INSERT INTO "record_people" VALUES('a-3e578eccc60fcbee','owner',2);
INSERT INTO "record_people" VALUES('o-eed6c1bd79a5ee8b','raiser',3);
INSERT INTO "record_people" VALUES('d-e75e2d5e0c676597','decider',1);
INSERT INTO "record_people" VALUES('a-141d69c065c588a2','owner',2);
INSERT INTO "record_people" VALUES('o-449b0049313ae80d','raiser',3);
INSERT INTO "record_people" VALUES('a-1cd7a632353fb93c','owner',2);
INSERT INTO "record_people" VALUES('o-2e84d6b83e7c6329','raiser',3);
INSERT INTO "record_people" VALUES('d-ca6b0d18d9fbe1a6','decider',1);
INSERT INTO "record_people" VALUES('a-e37d8fdcebbe6964','owner',2);
INSERT INTO "record_people" VALUES('o-9178292a5fa118aa','raiser',3);
INSERT INTO "record_people" VALUES('d-baf376de71ae0cfe','decider',1);
CREATE TABLE records (
	id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	conversation TEXT NOT NULL, 
	type TEXT NOT NULL, 
	state TEXT NOT NULL, 
	status TEXT, 
	text TEXT NOT NULL, 
	topic TEXT, 
	said_on TEXT NOT NULL, 
	due_on TEXT, 
	confidence FLOAT, 
	body TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	found BOOLEAN NOT NULL, 
	touched BOOLEAN NOT NULL, 
	merged_into TEXT, 
	engine TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	reviewed_at TEXT, 
	erased_at TEXT, weight FLOAT DEFAULT '0' NOT NULL, assignee INTEGER, closed_at TEXT, 
	CONSTRAINT pk_records PRIMARY KEY (id), 
	CONSTRAINT ck_records_state CHECK (state IN ('proposed', 'approved', 'rejected', 'merged')), 
	CONSTRAINT ck_records_type CHECK (type IN ('decision', 'action_item', 'open_question')), 
	CONSTRAINT fk_records_conversation FOREIGN KEY(conversation) REFERENCES conversations (id), 
	CONSTRAINT fk_records_merged_into FOREIGN KEY(merged_into) REFERENCES records (id), 
	CONSTRAINT uq_records_seq UNIQUE (seq)
);
INSERT INTO "records" VALUES('d-565d626bfc6fa3eb',1,'m-0','decision','approved','decided','Paint the shed number 0 green.','shed','2026-03-04',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 0 green.","statement_source":"written","status":"decided","topic":"shed"}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,1.0,NULL,NULL);
INSERT INTO "records" VALUES('a-3e578eccc60fcbee',2,'m-0','action_item','proposed',NULL,'Buy the paint.',NULL,'2026-03-04','2026-03-04',NULL,'{"confidence":null,"due":{"date":"2026-03-04","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL,0.75,NULL,NULL);
INSERT INTO "records" VALUES('o-eed6c1bd79a5ee8b',3,'m-0','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-04',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,0.5,NULL,'2026-04-01T03:00:00.000000Z');
INSERT INTO "records" VALUES('d-e75e2d5e0c676597',4,'m-1','decision','proposed','decided','Paint the shed number 1 green.','shed','2026-03-11',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 1 green.","statement_source":"written","status":"decided","topic":"shed"}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,1.0,1,NULL);
INSERT INTO "records" VALUES('a-141d69c065c588a2',5,'m-1','action_item','rejected',NULL,'Buy the paint.',NULL,'2026-03-11','2026-03-05',NULL,'{"confidence":null,"due":{"date":"2026-03-05","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,0.75,NULL,NULL);
INSERT INTO "records" VALUES('o-449b0049313ae80d',6,'m-1','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-11',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL,0.5,NULL,NULL);
INSERT INTO "records" VALUES('d-baf376de71ae0cfe',7,'m-2','decision','proposed','decided','Paint it greener.','shed','2026-03-18',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint it greener.","statement_source":"written","status":"decided","topic":"shed"}',2,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,5.0,NULL,NULL);
INSERT INTO "records" VALUES('a-1cd7a632353fb93c',8,'m-2','action_item','proposed',NULL,'Buy the paint.',NULL,'2026-03-18','2026-03-06',NULL,'{"confidence":null,"due":{"date":"2026-03-06","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,0,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL,0.75,NULL,NULL);
INSERT INTO "records" VALUES('o-2e84d6b83e7c6329',9,'m-2','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-18',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,0,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL,0.5,NULL,NULL);
INSERT INTO "records" VALUES('d-ca6b0d18d9fbe1a6',10,'m-3','decision','merged','decided','Paint the shed number 3 green.','shed','2026-03-25',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 3 green.","statement_source":"written","status":"decided","topic":"shed"}',1,1,1,'d-baf376de71ae0cfe','scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,1.0,NULL,NULL);
INSERT INTO "records" VALUES('a-e37d8fdcebbe6964',11,'m-3','action_item','proposed',NULL,'Buy the paint.',NULL,'2026-03-25','2026-03-07',NULL,'{"confidence":null,"due":{"date":"2026-03-07","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL,0.75,NULL,NULL);
INSERT INTO "records" VALUES('o-9178292a5fa118aa',12,'m-3','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-25',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL,0.5,NULL,NULL);
CREATE TABLE restrictions (
	conversation TEXT NOT NULL, 
	person INTEGER NOT NULL, 
	CONSTRAINT pk_restrictions PRIMARY KEY (conversation, person), 
	CONSTRAINT fk_restrictions_conversation FOREIGN KEY(conversation) REFERENCES conversations (id), 
	CONSTRAINT fk_restrictions_person FOREIGN KEY(person) REFERENCES people (id)
);
INSERT INTO "restrictions" VALUES('m-3',1);
INSERT INTO "restrictions" VALUES('m-3',5);
CREATE TABLE reviews (
	seq INTEGER NOT NULL, 
	record TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	at TEXT NOT NULL, 
	comment TEXT, version INTEGER, undo TEXT, undone_by INTEGER, 
	CONSTRAINT pk_reviews PRIMARY KEY (seq), 
	CONSTRAINT fk_reviews_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "reviews" VALUES(21,'d-565d626bfc6fa3eb','approve','person:5','2026-04-01T03:00:00.000000Z','yes',1,'{"state":"proposed"}',NULL);
INSERT INTO "reviews" VALUES(22,'a-141d69c065c588a2','reject','person:5','2026-04-01T03:00:00.000000Z',NULL,1,'{"state":"proposed"}',NULL);
INSERT INTO "reviews" VALUES(23,'d-baf376de71ae0cfe','edit','person:5','2026-04-01T03:00:00.000000Z',NULL,2,'{"version":1}',NULL);
INSERT INTO "reviews" VALUES(24,'d-ca6b0d18d9fbe1a6','merge','person:5','2026-04-01T03:00:00.000000Z',NULL,1,'{"into":null,"state":"proposed"}',NULL);
INSERT INTO "reviews" VALUES(25,'d-baf376de71ae0cfe','link','person:5','2026-04-01T03:00:00.000000Z',NULL,2,'{"link":"l-6fe24055e3826fc7","link_state":null}',NULL);
INSERT INTO "reviews" VALUES(37,'a-3e578eccc60fcbee','comment','person:5','2026-04-01T03:00:00.000000Z','By when?',1,'{}',NULL);
INSERT INTO "reviews" VALUES(38,'d-e75e2d5e0c676597','assign','person:5','2026-04-01T03:00:00.000000Z',NULL,1,'{"assignee":null}',NULL);
INSERT INTO "reviews" VALUES(39,'o-eed6c1bd79a5ee8b','answer','person:5','2026-04-01T03:00:00.000000Z','Forty.',1,'{"closed_at":null}',NULL);
INSERT INTO "reviews" VALUES(40,'d-e75e2d5e0c676597','approve','person:5','2026-04-01T03:00:00.000000Z',NULL,1,'{"state":"proposed"}',NULL);
INSERT INTO "reviews" VALUES(41,'d-e75e2d5e0c676597','approve','person:1','2026-04-01T03:00:00.000000Z',NULL,1,'{"state":"proposed"}',42);
INSERT INTO "reviews" VALUES(42,'d-e75e2d5e0c676597','undo','person:1','2026-04-01T03:00:00.000000Z',NULL,1,NULL,NULL);
CREATE TABLE revisions (
	id TEXT NOT NULL, 
	record TEXT NOT NULL, 
	content TEXT NOT NULL, 
	fields TEXT NOT NULL, 
	state TEXT NOT NULL, 
	engine TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	decided_at TEXT, 
	CONSTRAINT pk_revisions PRIMARY KEY (id), 
	CONSTRAINT ck_revisions_state CHECK (state IN ('suggested', 'accepted', 'dismissed', 'withdrawn')), 
	CONSTRAINT fk_revisions_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "revisions" VALUES('v-db6a45624c91d5df','d-baf376de71ae0cfe','{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}','["decided_by","statement"]','suggested','scripted/none/1','2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE runs (
	id TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	finished_at TEXT, 
	exit_code INTEGER, 
	first_event INTEGER NOT NULL, 
	last_event INTEGER, 
	facts TEXT NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (id)
);
INSERT INTO "runs" VALUES('2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',1,1,48,'{}');
CREATE TABLE salts (
	subject TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	CONSTRAINT pk_salts PRIMARY KEY (subject)
);
INSERT INTO "salts" VALUES('d-565d626bfc6fa3eb','aacc781069ce103014f234e10f3bd8f92f89dd98b099f84c6fa88d7c2e570ad6');
INSERT INTO "salts" VALUES('a-3e578eccc60fcbee','b7e240bc18d397878866ee6dc424f6b880711193954812368b2e2be4630f5108');
INSERT INTO "salts" VALUES('o-eed6c1bd79a5ee8b','c0d9240dc840fb517741dca1036b80ceefb3c8911e01a9aa5d1f580544c24459');
INSERT INTO "salts" VALUES('sources','a3aff3c489b7be6fda8cb64f1b5e9e68ef5e2baf7dfdb0bef43d12674fb83c27');
INSERT INTO "salts" VALUES('source:c8b50d7fdbf1462106cf93ac7f17472d','3a3cc700b449467f009e9a81419a63273de966141181d4fed956e7a318be6af2');
INSERT INTO "salts" VALUES('d-e75e2d5e0c676597','e95ee6c2cc0bc547456de439e101bb911797bf86655da141b9b6185d2e1d441a');
INSERT INTO "salts" VALUES('a-141d69c065c588a2','1064d5303734c16be775e32da0cba8cf7c59457489ff5f52e5fdfa4fe51ffd4d');
INSERT INTO "salts" VALUES('o-449b0049313ae80d','30dedbefd242c7aac122bc70dfbc40d013819b5be017b428f7b93130a3d443b8');
INSERT INTO "salts" VALUES('source:793f58475eed17722bf405a365ce6c48','c822656e3ccf82fcce11c74575f1d768a7f546066e7d0d6f0369b0608c632c03');
INSERT INTO "salts" VALUES('d-baf376de71ae0cfe','ff34974ff1fa8402e1f0b5241bb7be9f02489962b77bc73c500bb79417bb24e9');
INSERT INTO "salts" VALUES('a-1cd7a632353fb93c','df9e0fc9b585c9f4d9b9cb6ecd24f719bd90399c491a6f56a5d85eee243d84f6');
INSERT INTO "salts" VALUES('o-2e84d6b83e7c6329','c73ebfaacc2ea4b04b3e8ed3eebc55c45c8b1170d447d287c6a3286380e1406f');
INSERT INTO "salts" VALUES('source:a2cee1fbcb2fabc674b5279c62e058a3','8e1a59185e5507140f6c25d162b2adb350fdde6b170565ffa295bac7a30cbf4f');
INSERT INTO "salts" VALUES('d-ca6b0d18d9fbe1a6','df2f5409c6ea5efc203b3c443a2ab2ce08f1e57812a824b5d04854879fb58a13');
INSERT INTO "salts" VALUES('a-e37d8fdcebbe6964','341fc10684fe7abf1f8cfb7069642e3cd24bebc16bd82f8cd09f8a66cde80be7');
INSERT INTO "salts" VALUES('o-9178292a5fa118aa','4a101c0dd5ea3251370fe6b9f16bda7082c7e56f9d88485d14b4b9cfeb86ffde');
INSERT INTO "salts" VALUES('source:6b706c502fd160f3f99f2f86fdaf9137','1dd05039478a5dc79f1ef9308f3f2e0d30e9025186da429c013470599b004829');
INSERT INTO "salts" VALUES('source:a0bc1691461b3fc66320033e50bc1c60','59e6ee35b334b22158445d09c61ce2c1964152958efd77e8454bd518ad30ee14');
INSERT INTO "salts" VALUES('conversation:1','a3df7f24e8c2a1e5c96872da76d1657fd39ba70b3cef06c3ffb25ba2716b3e28');
INSERT INTO "salts" VALUES('conversation:2','a84888b9de1eca125f245ecc0e601013b14d444ad77a50582d2f95b44c720eba');
INSERT INTO "salts" VALUES('conversation:3','6f007e314a0f4105bb8f156fff74435bb15fbe080aa5063df25bad08af2a60c1');
INSERT INTO "salts" VALUES('conversation:4','91d622594e28a3048011bf588b4c3ea7b92561d22e57b9e014166d0b91a0ec98');
CREATE TABLE series (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (id)
);
INSERT INTO "series" VALUES(1,'shed steering','Shed steering 0','2026-04-01T03:00:00.000000Z');
CREATE TABLE sessions (
	digest TEXT NOT NULL, 
	account INTEGER NOT NULL, 
	created_at TEXT NOT NULL, 
	seen_at TEXT NOT NULL, 
	expires_at TEXT NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (digest), 
	CONSTRAINT fk_sessions_account FOREIGN KEY(account) REFERENCES accounts (id)
);
INSERT INTO "sessions" VALUES('0000000000000000000000000000000000000000000000000000000000000000',1,'2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z');
CREATE TABLE source_conversations (
	origin TEXT NOT NULL, 
	conversation TEXT NOT NULL, 
	CONSTRAINT pk_source_conversations PRIMARY KEY (origin, conversation), 
	CONSTRAINT fk_source_conversations_conversation FOREIGN KEY(conversation) REFERENCES conversations (id), 
	CONSTRAINT fk_source_conversations_origin FOREIGN KEY(origin) REFERENCES sources (origin)
);
INSERT INTO "source_conversations" VALUES('folder:m-0.vtt','m-0');
INSERT INTO "source_conversations" VALUES('folder:m-1.vtt','m-1');
INSERT INTO "source_conversations" VALUES('folder:m-2.vtt','m-2');
INSERT INTO "source_conversations" VALUES('folder:m-3.vtt','m-3');
CREATE TABLE sources (
	origin TEXT NOT NULL, 
	version TEXT NOT NULL, 
	engine TEXT NOT NULL, 
	label TEXT NOT NULL, 
	read_at TEXT NOT NULL, 
	complete BOOLEAN NOT NULL, 
	problem TEXT, 
	attempts INTEGER NOT NULL, 
	CONSTRAINT pk_sources PRIMARY KEY (origin)
);
INSERT INTO "sources" VALUES('folder:m-0.vtt','70751ffcab3aa434151c96cd3bd3cec0e7369ca3b4b557283d07201340975777','scripted','m-0.vtt','2026-04-01T03:00:00.000000Z',1,NULL,0);
INSERT INTO "sources" VALUES('folder:m-1.vtt','9e912514d6af3e14158a790ff7d0e6330dfdcf58ac38d44f33d682f2bcd98bdd','scripted','m-1.vtt','2026-04-01T03:00:00.000000Z',1,NULL,0);
INSERT INTO "sources" VALUES('folder:m-2.vtt','69321b2b986d98ca701fb4e6c9617667a75f51209ae7f2c2e18576894891d276','scripted','m-2.vtt','2026-04-01T03:00:00.000000Z',1,NULL,0);
INSERT INTO "sources" VALUES('folder:m-3.vtt','b2825a3df9aa4fc05cb9d58370ec0741cd28af4c0bc401fb72ed104f964db7d5','scripted','m-3.vtt','2026-04-01T03:00:00.000000Z',1,NULL,0);
CREATE TABLE tokens (
	id INTEGER NOT NULL, 
	account INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	scope TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	expires_at TEXT, 
	used_at TEXT, 
	revoked_at TEXT, 
	CONSTRAINT pk_tokens PRIMARY KEY (id), 
	CONSTRAINT ck_tokens_scope CHECK (scope IN ('read', 'review', 'admin')), 
	CONSTRAINT fk_tokens_account FOREIGN KEY(account) REFERENCES accounts (id), 
	CONSTRAINT uq_tokens_digest UNIQUE (digest)
);
INSERT INTO "tokens" VALUES(1,1,'script','1111111111111111111111111111111111111111111111111111111111111111','read','2026-04-01T03:00:00.000000Z',NULL,NULL,NULL);
CREATE TABLE turns (
	conversation TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	speaker TEXT, 
	text TEXT NOT NULL, 
	rest TEXT NOT NULL, 
	CONSTRAINT pk_turns PRIMARY KEY (conversation, number), 
	CONSTRAINT fk_turns_conversation FOREIGN KEY(conversation) REFERENCES conversations (id)
);
INSERT INTO "turns" VALUES('m-0',0,'ada-lund','We''ll paint the shed number 0 green; 50% is done.','{"end":9.0,"start":0.0}');
INSERT INTO "turns" VALUES('m-0',1,'ben-ito','I buy the paint.','{"end":19.0,"start":10.0}');
INSERT INTO "turns" VALUES('m-0',2,'cy-roe','Who knows what the paint costs?','{"end":29.0,"start":20.0}');
INSERT INTO "turns" VALUES('m-0',3,'erased-person-4','[erased]','{"end":39.0,"start":30.0}');
INSERT INTO "turns" VALUES('m-1',0,'ada-lund','We''ll paint the shed number 1 green; 50% is done.','{"end":9.0,"start":0.0}');
INSERT INTO "turns" VALUES('m-1',1,'ben-ito','I buy the paint.','{"end":19.0,"start":10.0}');
INSERT INTO "turns" VALUES('m-1',2,'cy-roe','Who knows what the paint costs?','{"end":29.0,"start":20.0}');
INSERT INTO "turns" VALUES('m-1',3,'erased-person-4','[erased]','{"end":39.0,"start":30.0}');
INSERT INTO "turns" VALUES('m-2',0,'ada-lund','We paint the shed number 2 yellow.','{"end":9.0,"start":0.0}');
INSERT INTO "turns" VALUES('m-3',0,'ada-lund','We''ll paint the shed number 3 green; 50% is done.','{"end":9.0,"start":0.0}');
INSERT INTO "turns" VALUES('m-3',1,'ben-ito','I buy the paint.','{"end":19.0,"start":10.0}');
INSERT INTO "turns" VALUES('m-3',2,'cy-roe','Who knows what the paint costs?','{"end":29.0,"start":20.0}');
INSERT INTO "turns" VALUES('m-3',3,'erased-person-4','[erased]','{"end":39.0,"start":30.0}');
CREATE TABLE vectors (
	record TEXT NOT NULL, 
	embedder TEXT NOT NULL, 
	vector BLOB NOT NULL, 
	CONSTRAINT pk_vectors PRIMARY KEY (record), 
	CONSTRAINT fk_vectors_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "vectors" VALUES('d-565d626bfc6fa3eb','hashed-00000000',X'3B56103D4B7B093E6FBB863D29B4723E0C30AE3E2FF4913D4F4A993E7FB81C3EA30D783E6F25923DF0EC7A3E7B1DBF3E9A22833E3292D83E7C8EC33E166E393E');
INSERT INTO "vectors" VALUES('a-3e578eccc60fcbee','hashed-00000000',X'5241DC3D44EB213EC5C6723E5B735C3E4F52C83E020D603CA42E763E16BEC43E3142943E91294B3ECD43EB3D69FDA53E12BB0F3EE5EC843EA9F9983E1CA0943E');
INSERT INTO "vectors" VALUES('o-eed6c1bd79a5ee8b','hashed-00000000',X'8B3FD93D4658AA3E7A06823E8ED11E3E97EBAD3EB6BD5B3E3AF4B83ED69FF13D6F9E693E68669B3EBFEDB23E36FD0A3E1C66B13EF17DDC3C8BCF293C820A8F3E');
INSERT INTO "vectors" VALUES('d-e75e2d5e0c676597','hashed-00000000',X'E8F4CD3D6C0BB13EF936F23E38ED8E3E2FB5BA3E5C5B203EC5F0903E4984CE3E05E7573E1F79813B3DF6A33DE117C23D760F8B3E5712C43D5EBCAB3D68010B3E');
INSERT INTO "vectors" VALUES('a-141d69c065c588a2','hashed-00000000',X'5241DC3D44EB213EC5C6723E5B735C3E4F52C83E020D603CA42E763E16BEC43E3142943E91294B3ECD43EB3D69FDA53E12BB0F3EE5EC843EA9F9983E1CA0943E');
INSERT INTO "vectors" VALUES('o-449b0049313ae80d','hashed-00000000',X'8B3FD93D4658AA3E7A06823E8ED11E3E97EBAD3EB6BD5B3E3AF4B83ED69FF13D6F9E693E68669B3EBFEDB23E36FD0A3E1C66B13EF17DDC3C8BCF293C820A8F3E');
INSERT INTO "vectors" VALUES('d-baf376de71ae0cfe','hashed-00000000',X'1E66813EA0A8003ED2A8BD3EE564CA3E73D9243E672F123BE003CF3E6A89373EA793853DE1A6663E0569873EDE2DDD3D8493963D1C61B93EC8C4B83E114E373D');
INSERT INTO "vectors" VALUES('a-1cd7a632353fb93c','hashed-00000000',X'5241DC3D44EB213EC5C6723E5B735C3E4F52C83E020D603CA42E763E16BEC43E3142943E91294B3ECD43EB3D69FDA53E12BB0F3EE5EC843EA9F9983E1CA0943E');
INSERT INTO "vectors" VALUES('o-2e84d6b83e7c6329','hashed-00000000',X'8B3FD93D4658AA3E7A06823E8ED11E3E97EBAD3EB6BD5B3E3AF4B83ED69FF13D6F9E693E68669B3EBFEDB23E36FD0A3E1C66B13EF17DDC3C8BCF293C820A8F3E');
INSERT INTO "vectors" VALUES('d-ca6b0d18d9fbe1a6','hashed-00000000',X'C209943E4258B23DD432AC3DDD89603E2D983C3DBBAD663E2F60A73E71BAA23EA832C13E5CBE9A3E1A2E3E3EB61B9E3EAC6AB03E4630903DD808113E01CA953E');
INSERT INTO "vectors" VALUES('a-e37d8fdcebbe6964','hashed-00000000',X'5241DC3D44EB213EC5C6723E5B735C3E4F52C83E020D603CA42E763E16BEC43E3142943E91294B3ECD43EB3D69FDA53E12BB0F3EE5EC843EA9F9983E1CA0943E');
INSERT INTO "vectors" VALUES('o-9178292a5fa118aa','hashed-00000000',X'8B3FD93D4658AA3E7A06823E8ED11E3E97EBAD3EB6BD5B3E3AF4B83ED69FF13D6F9E693E68669B3EBFEDB23E36FD0A3E1C66B13EF17DDC3C8BCF293C820A8F3E');
CREATE TABLE versions (
	record TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	at TEXT NOT NULL, 
	actor TEXT NOT NULL, 
	engine TEXT NOT NULL, 
	CONSTRAINT pk_versions PRIMARY KEY (record, version), 
	CONSTRAINT fk_versions_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "versions" VALUES('d-565d626bfc6fa3eb',1,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-565d626bfc6fa3eb","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 0 green.","statement_source":"written","status":"decided","topic":"shed"}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('a-3e578eccc60fcbee',1,'{"confidence":null,"due":{"date":"2026-03-04","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-3e578eccc60fcbee","owners":["ben-ito"],"task":"Buy the paint."}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('o-eed6c1bd79a5ee8b',1,'{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-eed6c1bd79a5ee8b","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('d-e75e2d5e0c676597',1,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-e75e2d5e0c676597","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 1 green.","statement_source":"written","status":"decided","topic":"shed"}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('a-141d69c065c588a2',1,'{"confidence":null,"due":{"date":"2026-03-05","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-141d69c065c588a2","owners":["ben-ito"],"task":"Buy the paint."}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('o-449b0049313ae80d',1,'{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-449b0049313ae80d","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('d-baf376de71ae0cfe',1,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 green.","statement_source":"written","status":"decided","topic":"shed"}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('a-1cd7a632353fb93c',1,'{"confidence":null,"due":{"date":"2026-03-06","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-1cd7a632353fb93c","owners":["ben-ito"],"task":"Buy the paint."}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('o-2e84d6b83e7c6329',1,'{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-2e84d6b83e7c6329","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('d-ca6b0d18d9fbe1a6',1,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-ca6b0d18d9fbe1a6","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 3 green.","statement_source":"written","status":"decided","topic":"shed"}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('a-e37d8fdcebbe6964',1,'{"confidence":null,"due":{"date":"2026-03-07","text":"soon"},"evidence":[{"end_char":15,"quote":"buy the paint","role":"proposed","speaker":"ben-ito","start_char":2,"time":null,"turn":1}],"flags":[],"id":"a-e37d8fdcebbe6964","owners":["ben-ito"],"task":"Buy the paint."}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('o-9178292a5fa118aa',1,'{"blocks":null,"confidence":null,"evidence":[{"end_char":9,"quote":"Who knows","role":"proposed","speaker":"cy-roe","start_char":0,"time":null,"turn":2}],"flags":[],"id":"o-9178292a5fa118aa","missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}','2026-04-01T03:00:00.000000Z','machine','scripted/none/1');
INSERT INTO "versions" VALUES('d-baf376de71ae0cfe',2,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"evidence":[{"end_char":20,"quote":"paint the shed","role":"proposed","speaker":"ada-lund","start_char":6,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint it greener.","statement_source":"written","status":"decided","topic":"shed"}','2026-04-01T03:00:00.000000Z','person:5','scripted/none/1');
CREATE INDEX ix_events_subject ON events (subject);
CREATE INDEX ix_outbox_kind_seq ON outbox (kind, seq);
CREATE INDEX ix_runs_started_at ON runs (started_at);
CREATE INDEX ix_series_key ON series ("key");
CREATE INDEX ix_conversations_said_on ON conversations (said_on);
CREATE INDEX ix_conversations_series ON conversations (series);
CREATE INDEX ix_conversation_ids_conversation ON conversation_ids (conversation);
CREATE INDEX ix_participants_person ON participants (person);
CREATE INDEX ix_records_conversation ON records (conversation);
CREATE INDEX ix_records_due_on ON records (due_on);
CREATE INDEX ix_records_state_said_on_seq ON records (state, said_on, seq);
CREATE INDEX ix_records_state_seq ON records (state, seq);
CREATE INDEX ix_source_conversations_conversation ON source_conversations (conversation);
CREATE INDEX ix_links_from_record ON links (from_record);
CREATE INDEX ix_links_state_kind ON links (state, kind);
CREATE INDEX ix_links_to_record ON links (to_record);
CREATE INDEX ix_record_people_person_role ON record_people (person, role);
CREATE INDEX ix_reviews_record ON reviews (record);
CREATE INDEX ix_revisions_record ON revisions (record);
CREATE INDEX ix_revisions_state ON revisions (state);
CREATE INDEX ix_records_state_weight_seq ON records (state, weight, seq);
CREATE INDEX ix_records_type_state_said_on_seq ON records (type, state, said_on, seq);
CREATE INDEX ix_records_assignee_state_weight_seq ON records (assignee, state, weight, seq);
CREATE INDEX ix_records_closed_at ON records (closed_at);
CREATE INDEX ix_records_merged_into ON records (merged_into);
CREATE INDEX ix_restrictions_person ON restrictions (person);
CREATE INDEX ix_accounts_person ON accounts (person);
CREATE INDEX ix_identities_account ON identities (account);
CREATE INDEX ix_sessions_account ON sessions (account);
CREATE INDEX ix_tokens_account ON tokens (account);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_replaced BEFORE INSERT ON events WHEN EXISTS (SELECT 1 FROM events WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE VIRTUAL TABLE records_fts USING fts5(statement, words, tokenize = 'porter unicode61 remove_diacritics 2');
INSERT INTO records_fts(rowid, statement, words) VALUES(1, 'Paint the shed number 0 green.', 'shed
paint the shed');
INSERT INTO records_fts(rowid, statement, words) VALUES(2, 'Buy the paint.', 'buy the paint');
INSERT INTO records_fts(rowid, statement, words) VALUES(3, 'What does paint cost?', 'Who knows');
INSERT INTO records_fts(rowid, statement, words) VALUES(4, 'Paint the shed number 1 green.', 'shed
paint the shed');
INSERT INTO records_fts(rowid, statement, words) VALUES(5, 'Buy the paint.', 'buy the paint');
INSERT INTO records_fts(rowid, statement, words) VALUES(6, 'What does paint cost?', 'Who knows');
INSERT INTO records_fts(rowid, statement, words) VALUES(7, 'Paint it greener.', 'shed
paint the shed');
INSERT INTO records_fts(rowid, statement, words) VALUES(8, 'Buy the paint.', 'buy the paint');
INSERT INTO records_fts(rowid, statement, words) VALUES(9, 'What does paint cost?', 'Who knows');
INSERT INTO records_fts(rowid, statement, words) VALUES(10, 'Paint the shed number 3 green.', 'shed
paint the shed');
INSERT INTO records_fts(rowid, statement, words) VALUES(11, 'Buy the paint.', 'buy the paint');
INSERT INTO records_fts(rowid, statement, words) VALUES(12, 'What does paint cost?', 'Who knows');
COMMIT;
