BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "conversations" VALUES('m-0',1,'meeting','Shed steering 0','test.vtt','"2026-03-04"','2026-03-04',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','0dd9f1efbce7512ef43ecae2e0debfd5e91b8f551bf9c1f2dbf67909e4b4530c','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-1',2,'meeting','Shed steering 1','test.vtt','"2026-03-11"','2026-03-11',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','5a8e2c6863680534f05e2297d0bfec986d4202b4bf180b71184d76185f115f8e','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-2',3,'meeting','Shed steering 2','test.vtt','"2026-03-04"','2026-03-04',1,1,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":34,"set_aside":[],"used":34}','[]','[]','scripted/none/1','b6c48169ca4d301a07767cd85dc1c6f455f86bf3c85c1c9fb232eb5e1af49c74','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-3',4,'meeting','Shed steering 3','test.vtt','"2026-03-25"','2026-03-25',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','bfff76f94bf1da89d5e6b2207699b6b5264840c61f2897298f0e24f5f988627c','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
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
INSERT INTO "deliveries" VALUES('digest-c39676a21e1ef5ab-1','file-0ba55dfe0965','pending',0,NULL,'2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE digests (
	id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	after_event INTEGER NOT NULL, 
	last_event INTEGER NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_seq UNIQUE (seq)
);
INSERT INTO "digests" VALUES('digest-c39676a21e1ef5ab-1',1,0,41,'2026-04-01T03:00:00.000000Z');
CREATE TABLE erased_names (
	person INTEGER NOT NULL, 
	salt TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_erased_names PRIMARY KEY (person, digest), 
	CONSTRAINT fk_erased_names_person FOREIGN KEY(person) REFERENCES people (id)
);
INSERT INTO "erased_names" VALUES(4,'768a7b434d60c1b4d14cd3f27893b233a568d3dfc9b239dba911d0a878af5547','e76ed037bffc3921dc0450e6e503c9a7334a5ce81a93620b5b0a908deeceb8be');
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
INSERT INTO "events" VALUES(1,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:1','{"content":"c5dff9bb51c10e580b8230f235f1c2f417cf1d41c84ee6c2034857c62ca80349","engine":"scripted/none/1","turns":4}','0000000000000000000000000000000000000000000000000000000000000000','647ea942c235603f27bede1e1abf33d99a17a07fe68f228cd28c4c3ec7a0381a');
INSERT INTO "events" VALUES(2,'2026-04-01T03:00:00.000000Z','machine','record.added','d-565d626bfc6fa3eb','{"content":"674ed9e5c6d41fda18d1bf8d2b050d4ba6ca6d71485570dc4dcf135c16a43a87","conversation":1,"state":"proposed","type":"decision"}','647ea942c235603f27bede1e1abf33d99a17a07fe68f228cd28c4c3ec7a0381a','65af3f3c7d7a4c2a845cc5432e8770ca490f770f3d0a6f0a2b186d0574d558d9');
INSERT INTO "events" VALUES(3,'2026-04-01T03:00:00.000000Z','machine','record.added','a-3e578eccc60fcbee','{"content":"740229be54fd7a75359ddd72b769c0c75c1af2b46ad87273f8ddccc673d9893a","conversation":1,"state":"proposed","type":"action_item"}','65af3f3c7d7a4c2a845cc5432e8770ca490f770f3d0a6f0a2b186d0574d558d9','93049b573d8e6f3787dd2ab0b6aa2483571733b735c37d7eac4d83f7df77eca6');
INSERT INTO "events" VALUES(4,'2026-04-01T03:00:00.000000Z','machine','record.added','o-eed6c1bd79a5ee8b','{"content":"cf5940630ed83e36a9e5223a47c722e725da0c5795f39a3cba9b79bbc014b2b4","conversation":1,"state":"proposed","type":"open_question"}','93049b573d8e6f3787dd2ab0b6aa2483571733b735c37d7eac4d83f7df77eca6','4c043ccb4488179815f45265aee3633353cc5524c2ba42db077040f2da5eddcd');
INSERT INTO "events" VALUES(5,'2026-04-01T03:00:00.000000Z','machine','source.read','source:36e450ba4b58da039e6f00e499a8e06c','{"complete":true,"content":"3eb2f56766d65a6000d3d4899374976e3bffbd660f6d68d8fd8a7086fdf4d81c"}','4c043ccb4488179815f45265aee3633353cc5524c2ba42db077040f2da5eddcd','a4826bc70d303a3f044e1a4521ababe17480c8d5faf1391037f7b4a7ccd5fb8e');
INSERT INTO "events" VALUES(6,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:2','{"content":"25c4fdcf362267d9e337943fec6957ceac11408308cdb96dca3a18554d1fbeb6","engine":"scripted/none/1","turns":4}','a4826bc70d303a3f044e1a4521ababe17480c8d5faf1391037f7b4a7ccd5fb8e','22ad2bf681f5a8a1d628ca6c2d8e12444d56dbc33bd1a269ee09af0d67989d2e');
INSERT INTO "events" VALUES(7,'2026-04-01T03:00:00.000000Z','machine','record.added','d-e75e2d5e0c676597','{"content":"739b49a9818661a1e28fb5b8cbe2c59391df92b49004ce4a9adc34c9b5fbc741","conversation":2,"state":"proposed","type":"decision"}','22ad2bf681f5a8a1d628ca6c2d8e12444d56dbc33bd1a269ee09af0d67989d2e','611ef597459a972c3b13fb246431a1f16f432a98eab7470264c570d867e7273c');
INSERT INTO "events" VALUES(8,'2026-04-01T03:00:00.000000Z','machine','record.added','a-141d69c065c588a2','{"content":"e5e54dbca845d749fe091fa556fbe9947a40a2149f1ae8c63bc549481aa86e52","conversation":2,"state":"proposed","type":"action_item"}','611ef597459a972c3b13fb246431a1f16f432a98eab7470264c570d867e7273c','55b2bbe058709d94b9571a49b70cc1e33f0ee728c407a444640e5eba38985790');
INSERT INTO "events" VALUES(9,'2026-04-01T03:00:00.000000Z','machine','record.added','o-449b0049313ae80d','{"content":"875043aa9285b87a9c147d9f8bd3e9f9d9bbf6b9296f1f10ce2bdf4e503bcbc3","conversation":2,"state":"proposed","type":"open_question"}','55b2bbe058709d94b9571a49b70cc1e33f0ee728c407a444640e5eba38985790','b9ec7ce1a243a06011cbae4853614f3ed9c139a3a6ee7e7b8ae5e4135f042a7d');
INSERT INTO "events" VALUES(10,'2026-04-01T03:00:00.000000Z','machine','source.read','source:b441469c3a68effcd466c572dbf45897','{"complete":true,"content":"08419626b5d3a5536af0173341943f0bf54ea80b4eccd7a22c2755d50ff80635"}','b9ec7ce1a243a06011cbae4853614f3ed9c139a3a6ee7e7b8ae5e4135f042a7d','a8c8ca21b098250ededa9d22be48b8f914dcd430bc51781406ac662ed9934abb');
INSERT INTO "events" VALUES(11,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:3','{"content":"4f917a8a8057a3bac2d54139af439b7007886e67e256ce0c4285b48952ccac4e","engine":"scripted/none/1","turns":4}','a8c8ca21b098250ededa9d22be48b8f914dcd430bc51781406ac662ed9934abb','3b23b3bc91484f74597415ed331c91a9e3250392bd6db030f6f41c47929b7881');
INSERT INTO "events" VALUES(12,'2026-04-01T03:00:00.000000Z','machine','record.added','d-baf376de71ae0cfe','{"content":"014438167a82b2d59a8a66f3192414c4958d07a50bdb819037dd218f0948dbfc","conversation":3,"state":"proposed","type":"decision"}','3b23b3bc91484f74597415ed331c91a9e3250392bd6db030f6f41c47929b7881','b1c28b789172d14130677bd0dd527e30984325f04cf0eb0a912c23f5d85f1109');
INSERT INTO "events" VALUES(13,'2026-04-01T03:00:00.000000Z','machine','record.added','a-1cd7a632353fb93c','{"content":"20afaac3bf33542fa9d68973be37665cd64859b61a6ac6d0e28a94d5242e2a97","conversation":3,"state":"proposed","type":"action_item"}','b1c28b789172d14130677bd0dd527e30984325f04cf0eb0a912c23f5d85f1109','833fba3ca6def4971146b7a54d2f7d63e61826135df55c9301e094ca1085f67d');
INSERT INTO "events" VALUES(14,'2026-04-01T03:00:00.000000Z','machine','record.added','o-2e84d6b83e7c6329','{"content":"512c58f4d02131c3396e5c1d3317c80a4531f4466c1e602831f912b548cd198a","conversation":3,"state":"proposed","type":"open_question"}','833fba3ca6def4971146b7a54d2f7d63e61826135df55c9301e094ca1085f67d','61a5a5d7834533b86b288aed5fcf77f32ec91cca633b435fed10943bd7935878');
INSERT INTO "events" VALUES(15,'2026-04-01T03:00:00.000000Z','machine','source.read','source:02078bdc2fa55fd2f810c87138b90b4d','{"complete":true,"content":"ab1f83794d98ba91239dd0ef7a3a82e41b0b1ae8a934f3ea39909a73b55b628e"}','61a5a5d7834533b86b288aed5fcf77f32ec91cca633b435fed10943bd7935878','7418c7b1a4fe2e06494967f53212117b293a7c19e76c8639d598702f5992705d');
INSERT INTO "events" VALUES(16,'2026-04-01T03:00:00.000000Z','machine','conversation.added','conversation:4','{"content":"372a791e9d92d0d80b6faf472a9323d864120925e5cfaa9cca9bd5e8005b2175","engine":"scripted/none/1","turns":4}','7418c7b1a4fe2e06494967f53212117b293a7c19e76c8639d598702f5992705d','b0460fbb00b576f907d496a6312aa263343bd716d43fd675cadd493a9895394e');
INSERT INTO "events" VALUES(17,'2026-04-01T03:00:00.000000Z','machine','record.added','d-ca6b0d18d9fbe1a6','{"content":"bb2643dee53638a13d87cf1c51c98ac747b0936052ec9dd47958688e277e9d0d","conversation":4,"state":"proposed","type":"decision"}','b0460fbb00b576f907d496a6312aa263343bd716d43fd675cadd493a9895394e','1565e6b63b852095f2f0dc88f895ded29a66b2b1c72ecdc931ebfa4c4a3f5dd6');
INSERT INTO "events" VALUES(18,'2026-04-01T03:00:00.000000Z','machine','record.added','a-e37d8fdcebbe6964','{"content":"7a88dfea81ddaab40575f5e1c89e1ad9e8d55f0942eb65e776170011aad0f10d","conversation":4,"state":"proposed","type":"action_item"}','1565e6b63b852095f2f0dc88f895ded29a66b2b1c72ecdc931ebfa4c4a3f5dd6','dfa5ec8512ded984c67d01e1d9d0c7d3316ef2a74fb5a12b2bb60e746e734e58');
INSERT INTO "events" VALUES(19,'2026-04-01T03:00:00.000000Z','machine','record.added','o-9178292a5fa118aa','{"content":"5431071924d45902945bd0a3178527998005d5c5fa0f6dcccbd90d5251f57a81","conversation":4,"state":"proposed","type":"open_question"}','dfa5ec8512ded984c67d01e1d9d0c7d3316ef2a74fb5a12b2bb60e746e734e58','423a13a502b04007bd6a57740bd6067957d625f41c1d8d140d67526fd5cc1bf0');
INSERT INTO "events" VALUES(20,'2026-04-01T03:00:00.000000Z','machine','source.read','source:4c45a92916d6ca6116d8b1a89687d401','{"complete":true,"content":"35b625d52dd3e6f5791c5566cc3c3fa93823e5b5b2d9f3ab974d44cc65bedff7"}','423a13a502b04007bd6a57740bd6067957d625f41c1d8d140d67526fd5cc1bf0','4e51121b8ae712ffa826c2854a2e077671e8d26eef26d979c1d225477aca9e46');
INSERT INTO "events" VALUES(21,'2026-04-01T03:00:00.000000Z','person:5','record.approved','d-565d626bfc6fa3eb','{"before":"proposed"}','4e51121b8ae712ffa826c2854a2e077671e8d26eef26d979c1d225477aca9e46','e80ad5b0823c303c0ea910d512059453f66f91b209f0175e1baf3b9a4000c236');
INSERT INTO "events" VALUES(22,'2026-04-01T03:00:00.000000Z','person:5','record.rejected','a-141d69c065c588a2','{"before":"proposed"}','e80ad5b0823c303c0ea910d512059453f66f91b209f0175e1baf3b9a4000c236','2be610832a89044ef2bc857be1dc4bdd36db70a279ecc3a745f9bad240b1e5c4');
INSERT INTO "events" VALUES(23,'2026-04-01T03:00:00.000000Z','person:5','record.edited','d-baf376de71ae0cfe','{"content":"2ba5d9378340fd9700e2bb23732b052c755c1312bd86f22b2850ad85e7dfea38","fields":["statement"],"version":2}','2be610832a89044ef2bc857be1dc4bdd36db70a279ecc3a745f9bad240b1e5c4','ca97e9d7571149a080466b3744a308fee3f162f02b81951a660618dc8ea9f794');
INSERT INTO "events" VALUES(24,'2026-04-01T03:00:00.000000Z','person:5','record.merged','d-ca6b0d18d9fbe1a6','{"into":"d-baf376de71ae0cfe"}','ca97e9d7571149a080466b3744a308fee3f162f02b81951a660618dc8ea9f794','d7c75f14d79f1c13551f89587a1f31f074e6574216361b4467cea2b89ab74929');
INSERT INTO "events" VALUES(25,'2026-04-01T03:00:00.000000Z','person:5','link.confirmed','l-6fe24055e3826fc7','{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}','d7c75f14d79f1c13551f89587a1f31f074e6574216361b4467cea2b89ab74929','e359fc8fe8b96232260ccb1b8ca109bf8fb713e46e69915d93d301b09a5777a4');
INSERT INTO "events" VALUES(26,'2026-04-01T03:00:00.000000Z','machine','link.suggested','l-8ce0ffcd6b92cce5','{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}','e359fc8fe8b96232260ccb1b8ca109bf8fb713e46e69915d93d301b09a5777a4','c53858028aac7779bd106d408932a0e40eec5588a89bc605d5f0eb79222c2eaf');
INSERT INTO "events" VALUES(27,'2026-04-01T03:00:00.000000Z','machine','source.quarantined','source:dfc715912228537428360ba0f5009828','{"attempts":1,"content":"720e016ad4474dc7a10500cce738f716dec90b4d44b155248d6cb73b390f833e"}','c53858028aac7779bd106d408932a0e40eec5588a89bc605d5f0eb79222c2eaf','fbfa71c171492f2b02c3df0f3aa063656917930e046ce5dddbd3db5c4500255b');
INSERT INTO "events" VALUES(28,'2026-04-01T03:00:00.000000Z','machine','conversation.grown','conversation:3','{"content":"a010b3f497d06c44f0d04e0189de47c5d66331171cee7690435fb602902d8e4d","engine":"scripted/none/1","turns":1}','fbfa71c171492f2b02c3df0f3aa063656917930e046ce5dddbd3db5c4500255b','c1cb7a035e8c1f7da66af53c1e7ef7539013c6ebce1cdfbecf9071c53981eb2e');
INSERT INTO "events" VALUES(29,'2026-04-01T03:00:00.000000Z','machine','record.relocated','d-baf376de71ae0cfe','{"content":"cab7de8e1e06aa22aead7a89eaa0ea77b281f21ac773f70b47b1d502cad27dd4","lost":[]}','c1cb7a035e8c1f7da66af53c1e7ef7539013c6ebce1cdfbecf9071c53981eb2e','d45fa8ae8632f6a26baf8ddd65dec1b46dd5c36586e92c04d351d63878f38857');
INSERT INTO "events" VALUES(30,'2026-04-01T03:00:00.000000Z','machine','record.relocated','a-1cd7a632353fb93c','{"content":"20afaac3bf33542fa9d68973be37665cd64859b61a6ac6d0e28a94d5242e2a97","lost":[0]}','d45fa8ae8632f6a26baf8ddd65dec1b46dd5c36586e92c04d351d63878f38857','304a20fc83b8dbd0e4a91656aa2be2adf8af7c7e637d5b662a309ffc73e9df0e');
INSERT INTO "events" VALUES(31,'2026-04-01T03:00:00.000000Z','machine','record.relocated','o-2e84d6b83e7c6329','{"content":"512c58f4d02131c3396e5c1d3317c80a4531f4466c1e602831f912b548cd198a","lost":[0]}','304a20fc83b8dbd0e4a91656aa2be2adf8af7c7e637d5b662a309ffc73e9df0e','7f6a186283e08cf7b8b581f443ded024f76692f0cfe236f3aea0ffa04ec829e8');
INSERT INTO "events" VALUES(32,'2026-04-01T03:00:00.000000Z','machine','revision.suggested','d-baf376de71ae0cfe','{"content":"88fae7bab2a074e8963165ee89fac090a2b6b968fde10a4da15e48555470413b","fields":["decided_by","statement"],"revision":"v-88fae7bab2a074e8"}','7f6a186283e08cf7b8b581f443ded024f76692f0cfe236f3aea0ffa04ec829e8','811e9ab579e2269b29df7d8f6c9df9297ce3d03eb9992e8e1b52aad68785d3c6');
INSERT INTO "events" VALUES(33,'2026-04-01T03:00:00.000000Z','machine','record.not_found','a-1cd7a632353fb93c','{}','811e9ab579e2269b29df7d8f6c9df9297ce3d03eb9992e8e1b52aad68785d3c6','80d7f6ddb95306e57bde7cb500c3252f5a5ed6fb9818d7ad2802a1b6eb16a78b');
INSERT INTO "events" VALUES(34,'2026-04-01T03:00:00.000000Z','machine','record.not_found','o-2e84d6b83e7c6329','{}','80d7f6ddb95306e57bde7cb500c3252f5a5ed6fb9818d7ad2802a1b6eb16a78b','b74dede5e7d5058e39ebe59075d2a8ff722b356c3a11249a03b81a0ab5105f95');
INSERT INTO "events" VALUES(35,'2026-04-01T03:00:00.000000Z','machine','source.read','source:02078bdc2fa55fd2f810c87138b90b4d','{"complete":true,"content":"132e5685d82d9a201757637b08597915e877e5a0de9aae0a45e7181157d3bcba"}','b74dede5e7d5058e39ebe59075d2a8ff722b356c3a11249a03b81a0ab5105f95','b2c3918b25c41a568c0136f1aed80fdfbc34982bdc02f44e35cc15cfcea6cb98');
INSERT INTO "events" VALUES(36,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:1','{"content":"0dd9f1efbce7512ef43ecae2e0debfd5e91b8f551bf9c1f2dbf67909e4b4530c","person":4}','b2c3918b25c41a568c0136f1aed80fdfbc34982bdc02f44e35cc15cfcea6cb98','cd284a853fbe731cc7e461e0b44dd91ea76c21b8c1c1498b04dbba5a2453ddcc');
INSERT INTO "events" VALUES(37,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:2','{"content":"5a8e2c6863680534f05e2297d0bfec986d4202b4bf180b71184d76185f115f8e","person":4}','cd284a853fbe731cc7e461e0b44dd91ea76c21b8c1c1498b04dbba5a2453ddcc','2791cd015e18714951630d96d9fccaa739e1f2fead1030444d8c83f7a0825736');
INSERT INTO "events" VALUES(38,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:3','{"content":"b6c48169ca4d301a07767cd85dc1c6f455f86bf3c85c1c9fb232eb5e1af49c74","person":4}','2791cd015e18714951630d96d9fccaa739e1f2fead1030444d8c83f7a0825736','8a288d18e9181f3745cb490be96a4bd4b5efafa772909689b30599d01a2fe9dc');
INSERT INTO "events" VALUES(39,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','conversation:4','{"content":"bfff76f94bf1da89d5e6b2207699b6b5264840c61f2897298f0e24f5f988627c","person":4}','8a288d18e9181f3745cb490be96a4bd4b5efafa772909689b30599d01a2fe9dc','55694faf49fc53db79c76ce6323ae14a4fb07ac427f0dc33192d4d48215a04e9');
INSERT INTO "events" VALUES(40,'2026-04-01T03:00:00.000000Z','person:5','person.erased','person:4','{"reason":"asked for"}','55694faf49fc53db79c76ce6323ae14a4fb07ac427f0dc33192d4d48215a04e9','c5db18679ba5cd383375725c2bbb63dbe590b72c1dc250df8461f26f14d1743a');
INSERT INTO "events" VALUES(41,'2026-04-01T03:00:00.000000Z','machine','log.cleaned','log','{"erasures":1}','c5db18679ba5cd383375725c2bbb63dbe590b72c1dc250df8461f26f14d1743a','fa3d01cd36c8ccbced1406add66a7615de66b810c9a8eda0acb014a8b90c04cb');
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
INSERT INTO "meta" VALUES('log_id','c39676a21e1ef5ab');
INSERT INTO "meta" VALUES('created_at','2026-04-01T03:00:00.000000Z');
CREATE TABLE outbox (
	kind TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (kind, subject), 
	CONSTRAINT ck_outbox_kind CHECK (kind IN ('record', 'conversation', 'linking'))
);
INSERT INTO "outbox" VALUES('conversation','m-0',36);
INSERT INTO "outbox" VALUES('record','d-565d626bfc6fa3eb',21);
INSERT INTO "outbox" VALUES('linking','d-565d626bfc6fa3eb',2);
INSERT INTO "outbox" VALUES('record','a-3e578eccc60fcbee',3);
INSERT INTO "outbox" VALUES('linking','a-3e578eccc60fcbee',3);
INSERT INTO "outbox" VALUES('record','o-eed6c1bd79a5ee8b',4);
INSERT INTO "outbox" VALUES('linking','o-eed6c1bd79a5ee8b',4);
INSERT INTO "outbox" VALUES('conversation','m-1',37);
INSERT INTO "outbox" VALUES('record','d-e75e2d5e0c676597',7);
INSERT INTO "outbox" VALUES('linking','d-e75e2d5e0c676597',7);
INSERT INTO "outbox" VALUES('record','a-141d69c065c588a2',22);
INSERT INTO "outbox" VALUES('linking','a-141d69c065c588a2',8);
INSERT INTO "outbox" VALUES('record','o-449b0049313ae80d',9);
INSERT INTO "outbox" VALUES('linking','o-449b0049313ae80d',9);
INSERT INTO "outbox" VALUES('conversation','m-2',38);
INSERT INTO "outbox" VALUES('record','d-baf376de71ae0cfe',23);
INSERT INTO "outbox" VALUES('linking','d-baf376de71ae0cfe',23);
INSERT INTO "outbox" VALUES('record','a-1cd7a632353fb93c',13);
INSERT INTO "outbox" VALUES('linking','a-1cd7a632353fb93c',13);
INSERT INTO "outbox" VALUES('record','o-2e84d6b83e7c6329',14);
INSERT INTO "outbox" VALUES('linking','o-2e84d6b83e7c6329',14);
INSERT INTO "outbox" VALUES('conversation','m-3',39);
INSERT INTO "outbox" VALUES('record','d-ca6b0d18d9fbe1a6',24);
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
	erased_at TEXT, 
	CONSTRAINT pk_records PRIMARY KEY (id), 
	CONSTRAINT ck_records_state CHECK (state IN ('proposed', 'approved', 'rejected', 'merged')), 
	CONSTRAINT ck_records_type CHECK (type IN ('decision', 'action_item', 'open_question')), 
	CONSTRAINT fk_records_conversation FOREIGN KEY(conversation) REFERENCES conversations (id), 
	CONSTRAINT fk_records_merged_into FOREIGN KEY(merged_into) REFERENCES records (id), 
	CONSTRAINT uq_records_seq UNIQUE (seq)
);
INSERT INTO "records" VALUES('d-565d626bfc6fa3eb',1,'m-0','decision','approved','decided','Paint the shed number 0 green.','shed','2026-03-04',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 0 green.","statement_source":"written","status":"decided","topic":"shed"}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL);
INSERT INTO "records" VALUES('a-3e578eccc60fcbee',2,'m-0','action_item','proposed',NULL,'Buy the paint.',NULL,'2026-03-04','2026-03-04',NULL,'{"confidence":null,"due":{"date":"2026-03-04","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('o-eed6c1bd79a5ee8b',3,'m-0','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-04',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('d-e75e2d5e0c676597',4,'m-1','decision','proposed','decided','Paint the shed number 1 green.','shed','2026-03-11',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 1 green.","statement_source":"written","status":"decided","topic":"shed"}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('a-141d69c065c588a2',5,'m-1','action_item','rejected',NULL,'Buy the paint.',NULL,'2026-03-11','2026-03-05',NULL,'{"confidence":null,"due":{"date":"2026-03-05","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL);
INSERT INTO "records" VALUES('o-449b0049313ae80d',6,'m-1','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-11',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('d-baf376de71ae0cfe',7,'m-2','decision','proposed','decided','Paint it greener.','shed','2026-03-18',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint it greener.","statement_source":"written","status":"decided","topic":"shed"}',2,1,1,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL);
INSERT INTO "records" VALUES('a-1cd7a632353fb93c',8,'m-2','action_item','proposed',NULL,'Buy the paint.',NULL,'2026-03-18','2026-03-06',NULL,'{"confidence":null,"due":{"date":"2026-03-06","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,0,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('o-2e84d6b83e7c6329',9,'m-2','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-18',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,0,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('d-ca6b0d18d9fbe1a6',10,'m-3','decision','merged','decided','Paint the shed number 3 green.','shed','2026-03-25',NULL,NULL,'{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":["ada-lund"],"due":null,"flags":[],"information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 3 green.","statement_source":"written","status":"decided","topic":"shed"}',1,1,1,'d-baf376de71ae0cfe','scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL);
INSERT INTO "records" VALUES('a-e37d8fdcebbe6964',11,'m-3','action_item','proposed',NULL,'Buy the paint.',NULL,'2026-03-25','2026-03-07',NULL,'{"confidence":null,"due":{"date":"2026-03-07","text":"soon"},"flags":[],"owners":["ben-ito"],"task":"Buy the paint."}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "records" VALUES('o-9178292a5fa118aa',12,'m-3','open_question','proposed',NULL,'What does paint cost?',NULL,'2026-03-25',NULL,NULL,'{"blocks":null,"confidence":null,"flags":[],"missing_information":null,"owners":[],"question":"What does paint cost?","raised_by":["cy-roe"]}',1,1,0,NULL,'scripted/none/1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
CREATE TABLE reviews (
	seq INTEGER NOT NULL, 
	record TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	reviewer TEXT NOT NULL, 
	at TEXT NOT NULL, 
	comment TEXT, 
	CONSTRAINT pk_reviews PRIMARY KEY (seq), 
	CONSTRAINT fk_reviews_record FOREIGN KEY(record) REFERENCES records (id)
);
INSERT INTO "reviews" VALUES(21,'d-565d626bfc6fa3eb','approve','person:5','2026-04-01T03:00:00.000000Z','yes');
INSERT INTO "reviews" VALUES(22,'a-141d69c065c588a2','reject','person:5','2026-04-01T03:00:00.000000Z',NULL);
INSERT INTO "reviews" VALUES(23,'d-baf376de71ae0cfe','edit','person:5','2026-04-01T03:00:00.000000Z',NULL);
INSERT INTO "reviews" VALUES(24,'d-ca6b0d18d9fbe1a6','merge','person:5','2026-04-01T03:00:00.000000Z',NULL);
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
INSERT INTO "revisions" VALUES('v-88fae7bab2a074e8','d-baf376de71ae0cfe','{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}','["decided_by","statement"]','suggested','scripted/none/1','2026-04-01T03:00:00.000000Z',NULL);
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
INSERT INTO "runs" VALUES('2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',1,1,41,'{}');
CREATE TABLE salts (
	subject TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	CONSTRAINT pk_salts PRIMARY KEY (subject)
);
INSERT INTO "salts" VALUES('d-565d626bfc6fa3eb','fceeb07b0ed43c07f455a21e21252e316c221a63023a0fd6cc8448e78314eac7');
INSERT INTO "salts" VALUES('a-3e578eccc60fcbee','71f18ad573e87b369c1afbfd4e5e4928a6f5cb6b2d325a9f78fd51b72b9ac15c');
INSERT INTO "salts" VALUES('o-eed6c1bd79a5ee8b','f7b8660a93781eb517721159c64f0ab76d4f5d42f1c3ec14fe71374f07683db0');
INSERT INTO "salts" VALUES('sources','a3fe657e641b3496bd4b5336b84bb9cb4546f4764fb696333c03968b69362f7d');
INSERT INTO "salts" VALUES('source:36e450ba4b58da039e6f00e499a8e06c','425cacafa7fcff59e6ff5dccbfae4d1c3c930d5c6192cc05e7f0810fb6acb741');
INSERT INTO "salts" VALUES('d-e75e2d5e0c676597','13bb6a4f7ddb8908a687fbe8443e34f57aa0a49d020460e4db3bba11153091ef');
INSERT INTO "salts" VALUES('a-141d69c065c588a2','09d482271f335ba5b068f6d64e40e012750177dc38e1f6e98b75db629a451195');
INSERT INTO "salts" VALUES('o-449b0049313ae80d','a87df688e022dd697913b02a04d7330e4c7909cf1a5ac351e931b86768d5bbf0');
INSERT INTO "salts" VALUES('source:b441469c3a68effcd466c572dbf45897','55823f88ce9fdd0f9cd46d60297d1450c8d7e821dce6a1390583fcc52b8c43f1');
INSERT INTO "salts" VALUES('d-baf376de71ae0cfe','b6a97d39cc7a70aa12cc712910350872c53856946cbc6e335bd67da8bdc10ea8');
INSERT INTO "salts" VALUES('a-1cd7a632353fb93c','43504c1a201bcd6eb8ce7e3f2fd73bd1911ea7750e12c3af2f2f18ae89e5c44a');
INSERT INTO "salts" VALUES('o-2e84d6b83e7c6329','c1ee3cdf8a2575b0bfae8440900759824843f4883e88258c6b1e3194aa17c023');
INSERT INTO "salts" VALUES('source:02078bdc2fa55fd2f810c87138b90b4d','6578cc9f67ea9b79a46610c8ec76f0d746a5abf560ea2b646e64f8c62e074da9');
INSERT INTO "salts" VALUES('d-ca6b0d18d9fbe1a6','6d757e3cb1c28a616c3fe12bddff5824a3b3c4c5be8d6f73cd3ae59b7e5727ac');
INSERT INTO "salts" VALUES('a-e37d8fdcebbe6964','df600b9edf2c9d7a8fa8b5fcc65767010629a19decd778cbf9cf10e2a5dc16b9');
INSERT INTO "salts" VALUES('o-9178292a5fa118aa','b1523822701252f025d9d5068ffc4cd56196ebbb50cbeaec23032ed27d6ac416');
INSERT INTO "salts" VALUES('source:4c45a92916d6ca6116d8b1a89687d401','eddf3ea679b3c610161e05dc23a8dec71454942e00d3383a2a3e809eafb2e409');
INSERT INTO "salts" VALUES('source:dfc715912228537428360ba0f5009828','276e1d7a4a7401aaeee39a48f3965caf6387776d08eca22e8932ac2e2051c54e');
INSERT INTO "salts" VALUES('conversation:1','5b6e265004ed01773f744c1109f50fb49ce40220cb3d4eea1a7e27a73796303d');
INSERT INTO "salts" VALUES('conversation:2','670a7030f380c01015d734506be017f4f33bf1039467e44de36315bee3d2ed6b');
INSERT INTO "salts" VALUES('conversation:3','ee534d20858651eb7e7daf5ea07c8b87f9e61c9cf7f32a698deea3ca6f19a2b0');
INSERT INTO "salts" VALUES('conversation:4','507143e2fe36af79f684947c971550b3b8b8ee158275b719d2c4c90a02c51d03');
CREATE TABLE series (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	title TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_series PRIMARY KEY (id)
);
INSERT INTO "series" VALUES(1,'shed steering','Shed steering 0','2026-04-01T03:00:00.000000Z');
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
