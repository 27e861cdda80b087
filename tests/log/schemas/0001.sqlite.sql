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
INSERT INTO "conversations" VALUES('m-0',1,'meeting','Shed steering 0','test.vtt','"2026-03-04"','2026-03-04',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','cf0c48a1bdb8b5d92dbefaf30d0e3e73db633670746c6251c182654213bb9472','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-1',2,'meeting','Shed steering 1','test.vtt','"2026-03-11"','2026-03-11',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','d00e1d2918e8619167a1a003148c109802194fa650cc3066d8f8e438a15e8624','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-2',3,'meeting','Shed steering 2','test.vtt','"2026-03-04"','2026-03-04',1,1,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":34,"set_aside":[],"used":34}','[]','[]','scripted/none/1','f9e4ab9a4546d2449fb74b380856d881d3071ad7492fc319b0756fac6a3ad9d1','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-3',4,'meeting','Shed steering 3','test.vtt','"2026-03-25"','2026-03-25',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','4d84ce00ae35fd0837b31cc642f887eb4cf4a1da6d01ef769dfa0fff1c2c3fcd','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
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
INSERT INTO "deliveries" VALUES('digest-86ceaa6b50fb1662-1','file-384330c94133','pending',0,NULL,'2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE digests (
	id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	after_event INTEGER NOT NULL, 
	last_event INTEGER NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_seq UNIQUE (seq)
);
INSERT INTO "digests" VALUES('digest-86ceaa6b50fb1662-1',1,0,41,'2026-04-01T03:00:00.000000Z');
CREATE TABLE erased_names (
	person INTEGER NOT NULL, 
	salt TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_erased_names PRIMARY KEY (person, digest), 
	CONSTRAINT fk_erased_names_person FOREIGN KEY(person) REFERENCES people (id)
);
INSERT INTO "erased_names" VALUES(4,'3909815a91d7654f843bd72ca0a4619b033cbb3f8fa961e9b6e522072e21b564','69d7cf20d9579300c5f28637ad0848f9d007e630c343ae1d09131c8e84bb3551');
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
INSERT INTO "events" VALUES(1,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-0','{"content":"0f5cf2ed7468b58a020171938a62b2da81f9f0764f1c0f1646013ecf211f98c3","engine":"scripted/none/1","turns":4}','0000000000000000000000000000000000000000000000000000000000000000','f023d76967adb2a6aa8889c3053697f5899e1d80197de94ffdcdc5a24defa700');
INSERT INTO "events" VALUES(2,'2026-04-01T03:00:00.000000Z','machine','record.added','d-565d626bfc6fa3eb','{"content":"62e0314d5cb34eb32cc61a450831ec298bec9cf00c0f2fad807d1ac9fd479e4a","conversation":"m-0","state":"proposed","type":"decision"}','f023d76967adb2a6aa8889c3053697f5899e1d80197de94ffdcdc5a24defa700','3e71c39153ec4da93a03fe9de85cc8a15c4a899eb58e8788395116cdd7c7c916');
INSERT INTO "events" VALUES(3,'2026-04-01T03:00:00.000000Z','machine','record.added','a-3e578eccc60fcbee','{"content":"109cf9cfe24e34e85d33ab7857c9224e64de90c8f889ca812407478161807bb9","conversation":"m-0","state":"proposed","type":"action_item"}','3e71c39153ec4da93a03fe9de85cc8a15c4a899eb58e8788395116cdd7c7c916','a4d554cc963c49429b3be5a1e35c2b3e7b38990302ccf80828f176204dd34be7');
INSERT INTO "events" VALUES(4,'2026-04-01T03:00:00.000000Z','machine','record.added','o-eed6c1bd79a5ee8b','{"content":"7aa290c16a736b51af6bd4f0642dc50c05cfa84e85d6645adef0a0847a08716d","conversation":"m-0","state":"proposed","type":"open_question"}','a4d554cc963c49429b3be5a1e35c2b3e7b38990302ccf80828f176204dd34be7','3881b27d6ef1d0fd828c159e4b4b062d7914c43f443ef0f2be04e992f83f794b');
INSERT INTO "events" VALUES(5,'2026-04-01T03:00:00.000000Z','machine','source.read','source:0bdab92c2bd785a044dd9954d3891c8e','{"complete":true,"content":"f75388211bffcd7dc744c503faefc2d24b4eb6254e21ee8b70835e9ba2d79168"}','3881b27d6ef1d0fd828c159e4b4b062d7914c43f443ef0f2be04e992f83f794b','3d06b8d83263dd31f08dbfd8c3e784c97e5823d2d0fc8f849d309957af6b4c19');
INSERT INTO "events" VALUES(6,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-1','{"content":"1f676fbd20d6bc6443995fc5cb4028bd887cf5b6bda11fe91e4ab2b1ef28d11b","engine":"scripted/none/1","turns":4}','3d06b8d83263dd31f08dbfd8c3e784c97e5823d2d0fc8f849d309957af6b4c19','005065856c4b3eddf873a2b72b43a606dbb59cc35c661f5633135cdc7830c19f');
INSERT INTO "events" VALUES(7,'2026-04-01T03:00:00.000000Z','machine','record.added','d-e75e2d5e0c676597','{"content":"cc4cce4bd4fc803fff507c833cd874ad47fd19b5054d0e83ff5945c71ce2474e","conversation":"m-1","state":"proposed","type":"decision"}','005065856c4b3eddf873a2b72b43a606dbb59cc35c661f5633135cdc7830c19f','8cc95e317ca97e1e821e4be1e17e292b5b59e80efbc951f309a33a2fa1309c4f');
INSERT INTO "events" VALUES(8,'2026-04-01T03:00:00.000000Z','machine','record.added','a-141d69c065c588a2','{"content":"fdf6a8235b3644164bdb359bc4cf1f2e7becb3bb92c171ecc50f80a221f840dd","conversation":"m-1","state":"proposed","type":"action_item"}','8cc95e317ca97e1e821e4be1e17e292b5b59e80efbc951f309a33a2fa1309c4f','285b1d2f91b56709d17df9cbb4bd2b2c264890aa29e1f1f34bfc8f4bd4145003');
INSERT INTO "events" VALUES(9,'2026-04-01T03:00:00.000000Z','machine','record.added','o-449b0049313ae80d','{"content":"d33f0936d09355962c78746ccc8175ca5e322d70da1bb7ea5be636bd2867b76c","conversation":"m-1","state":"proposed","type":"open_question"}','285b1d2f91b56709d17df9cbb4bd2b2c264890aa29e1f1f34bfc8f4bd4145003','d7d8b32c39ea5ae1f6cf507d31e0d718d7dccb75820b4f4bb4067a94ef9414d0');
INSERT INTO "events" VALUES(10,'2026-04-01T03:00:00.000000Z','machine','source.read','source:95663dbc74deb5669218478b04a0d606','{"complete":true,"content":"bc471db26e7c049282a2325cff4354c1731c530a471097beb5b741f5861ca394"}','d7d8b32c39ea5ae1f6cf507d31e0d718d7dccb75820b4f4bb4067a94ef9414d0','314b460497965d92586581917c899b1d634bb0599d854d39d0d3fbf5c8185eb3');
INSERT INTO "events" VALUES(11,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-2','{"content":"c45d96d25619d149f86e44d59e61dcdd103c0828e6aa48363baf7b12d710693d","engine":"scripted/none/1","turns":4}','314b460497965d92586581917c899b1d634bb0599d854d39d0d3fbf5c8185eb3','21530dda3a1e697f5c9b12f69320e162cfe3db18503a01540245a7ab162562a3');
INSERT INTO "events" VALUES(12,'2026-04-01T03:00:00.000000Z','machine','record.added','d-baf376de71ae0cfe','{"content":"c27ba861f2456b4682ce7d6e88e0a6125de4d39251de57819a4de77116008c2a","conversation":"m-2","state":"proposed","type":"decision"}','21530dda3a1e697f5c9b12f69320e162cfe3db18503a01540245a7ab162562a3','9c117230474427676e1adcc3e2fa779906e676d4e5b98ea181f6ff0af63175ac');
INSERT INTO "events" VALUES(13,'2026-04-01T03:00:00.000000Z','machine','record.added','a-1cd7a632353fb93c','{"content":"53e243007f086ddaac7f6523d26810719f55cb0df8f165681ee0aaa3118eff04","conversation":"m-2","state":"proposed","type":"action_item"}','9c117230474427676e1adcc3e2fa779906e676d4e5b98ea181f6ff0af63175ac','2f767b2b5708615f5ec657e356d8ff8ade22530090d2276f0fc875b54fc7b1d0');
INSERT INTO "events" VALUES(14,'2026-04-01T03:00:00.000000Z','machine','record.added','o-2e84d6b83e7c6329','{"content":"a344704882e1e0ec931fd903e686cea7586416af028d6be6b9e4230c9c73fd7f","conversation":"m-2","state":"proposed","type":"open_question"}','2f767b2b5708615f5ec657e356d8ff8ade22530090d2276f0fc875b54fc7b1d0','380137ae3216b1dfcd2acf618be8839f66997b01a091fb72b70c7cce125dba8c');
INSERT INTO "events" VALUES(15,'2026-04-01T03:00:00.000000Z','machine','source.read','source:77081ede1d00bd08bbbe52a3141a8433','{"complete":true,"content":"5ab39af2b59b045bb46d45676e46000c2746a29f5a5b55a297d4d3d67103d78e"}','380137ae3216b1dfcd2acf618be8839f66997b01a091fb72b70c7cce125dba8c','c5ed052a69d7df40f5a45ef78416581cb4d0641b412c0a8e97e690eee0a37f18');
INSERT INTO "events" VALUES(16,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-3','{"content":"614b658908e60eade40e7cae92c7a9d65b2468ffcb9fe4e4331bb51347054945","engine":"scripted/none/1","turns":4}','c5ed052a69d7df40f5a45ef78416581cb4d0641b412c0a8e97e690eee0a37f18','2719ae3f2832fc80309e03248efcb9094297cefa9dcb292473dbcf0aa4c12f84');
INSERT INTO "events" VALUES(17,'2026-04-01T03:00:00.000000Z','machine','record.added','d-ca6b0d18d9fbe1a6','{"content":"8e29d902d4be6ded08bf310bade8ae28157f5b236247f3b4199a75487f61f497","conversation":"m-3","state":"proposed","type":"decision"}','2719ae3f2832fc80309e03248efcb9094297cefa9dcb292473dbcf0aa4c12f84','448297388ad5a94bc3befc0ca87f483c4bc656fc0b42ccb88315603d46d29244');
INSERT INTO "events" VALUES(18,'2026-04-01T03:00:00.000000Z','machine','record.added','a-e37d8fdcebbe6964','{"content":"b33e4880fce6b7f05e8e6a87ed1b43a287ba689a36bd1a9826965157e59c7330","conversation":"m-3","state":"proposed","type":"action_item"}','448297388ad5a94bc3befc0ca87f483c4bc656fc0b42ccb88315603d46d29244','f66bbc705114f3d11dd813e67b777fdda005735056d1c84308e948278f5be932');
INSERT INTO "events" VALUES(19,'2026-04-01T03:00:00.000000Z','machine','record.added','o-9178292a5fa118aa','{"content":"029e02d1ee1b49db2a809b5c8bcfe385c03da2a89c0d0124f5a544cfcd8b16fe","conversation":"m-3","state":"proposed","type":"open_question"}','f66bbc705114f3d11dd813e67b777fdda005735056d1c84308e948278f5be932','f656e93fe88f4e555b73f59c3f85cebc027e097742c0ead4d2533cd7d784b87f');
INSERT INTO "events" VALUES(20,'2026-04-01T03:00:00.000000Z','machine','source.read','source:acb2725dcc17bf14a7bf5d5febc6c980','{"complete":true,"content":"b8fb606b8629d674e6aa33eec0a312bef9df1e279dd5afa040b22f61dda5dec3"}','f656e93fe88f4e555b73f59c3f85cebc027e097742c0ead4d2533cd7d784b87f','20345407476cd669da27ab703485de96d03ce65e7ead496e53d33cbf3b3924bb');
INSERT INTO "events" VALUES(21,'2026-04-01T03:00:00.000000Z','person:5','record.approved','d-565d626bfc6fa3eb','{"before":"proposed"}','20345407476cd669da27ab703485de96d03ce65e7ead496e53d33cbf3b3924bb','fed0961b840f4c4cf35f93d2832e2fa851c3f6543f0428bc99296e36df102a9f');
INSERT INTO "events" VALUES(22,'2026-04-01T03:00:00.000000Z','person:5','record.rejected','a-141d69c065c588a2','{"before":"proposed"}','fed0961b840f4c4cf35f93d2832e2fa851c3f6543f0428bc99296e36df102a9f','8d0332012dfa744184a89f3267f104b24b118219c36c52bf20f41c9da284d92a');
INSERT INTO "events" VALUES(23,'2026-04-01T03:00:00.000000Z','person:5','record.edited','d-baf376de71ae0cfe','{"content":"c8e5353e936dfdd7ab69148efcfc7488c56f352f6c7d28f04f0be10274eb856e","fields":["statement"],"version":2}','8d0332012dfa744184a89f3267f104b24b118219c36c52bf20f41c9da284d92a','8fbb5f0a2278a87a01f16015c56b94fbaffd060c8dc942ad03de76ec3abc6c9a');
INSERT INTO "events" VALUES(24,'2026-04-01T03:00:00.000000Z','person:5','record.merged','d-ca6b0d18d9fbe1a6','{"into":"d-baf376de71ae0cfe"}','8fbb5f0a2278a87a01f16015c56b94fbaffd060c8dc942ad03de76ec3abc6c9a','2218c9b75b6358580cf7907c71796aa7f2c0917701a2a475b88ad83242fe1f40');
INSERT INTO "events" VALUES(25,'2026-04-01T03:00:00.000000Z','person:5','link.confirmed','l-6fe24055e3826fc7','{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}','2218c9b75b6358580cf7907c71796aa7f2c0917701a2a475b88ad83242fe1f40','dec9831a1a354d5c3cf05c56c33191bda5f7df4db3aa4e8a3c089f75ecd8b8a3');
INSERT INTO "events" VALUES(26,'2026-04-01T03:00:00.000000Z','machine','link.suggested','l-8ce0ffcd6b92cce5','{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}','dec9831a1a354d5c3cf05c56c33191bda5f7df4db3aa4e8a3c089f75ecd8b8a3','3f26bbc2c67e0aa5bdc78367005cb5cc8c3354e80c8c540bf43560eda255cb5b');
INSERT INTO "events" VALUES(27,'2026-04-01T03:00:00.000000Z','machine','source.quarantined','source:41eee3f7ee8db29ed5c6e95345e8203d','{"attempts":1,"content":"5b3343c0b0d02851d49e3296130269de8963e0457f2c305f4b9d9afa29b3a5a6"}','3f26bbc2c67e0aa5bdc78367005cb5cc8c3354e80c8c540bf43560eda255cb5b','f17f810b06340f83ac42e946b409a7fd97bb6399c0dc57d1c8260247be055864');
INSERT INTO "events" VALUES(28,'2026-04-01T03:00:00.000000Z','machine','conversation.grown','m-2','{"content":"137d844180d99b0b4a91ea6811d416509541a69a0404afe6943c20de5a4abaf1","engine":"scripted/none/1","turns":1}','f17f810b06340f83ac42e946b409a7fd97bb6399c0dc57d1c8260247be055864','7efb3600fb29546d6f0ac3343e9a13194b64bd170ea6df536a76a55644b72f67');
INSERT INTO "events" VALUES(29,'2026-04-01T03:00:00.000000Z','machine','record.relocated','d-baf376de71ae0cfe','{"content":"d40f01fac5357f33c9665b8c018fd2c3b31e919958bcf3df448b6deef3d149d4","lost":[]}','7efb3600fb29546d6f0ac3343e9a13194b64bd170ea6df536a76a55644b72f67','205ec998989fd3199f8f825004e0210757fd2484aec5b12da7c99719cb9e0da0');
INSERT INTO "events" VALUES(30,'2026-04-01T03:00:00.000000Z','machine','record.relocated','a-1cd7a632353fb93c','{"content":"53e243007f086ddaac7f6523d26810719f55cb0df8f165681ee0aaa3118eff04","lost":[0]}','205ec998989fd3199f8f825004e0210757fd2484aec5b12da7c99719cb9e0da0','7021fa87ba3532698ea07008e0a197bbf1954fdbfe7c367754c1a879ddceb148');
INSERT INTO "events" VALUES(31,'2026-04-01T03:00:00.000000Z','machine','record.relocated','o-2e84d6b83e7c6329','{"content":"a344704882e1e0ec931fd903e686cea7586416af028d6be6b9e4230c9c73fd7f","lost":[0]}','7021fa87ba3532698ea07008e0a197bbf1954fdbfe7c367754c1a879ddceb148','f16814c2d6e667f050409dde873cc491ffc9ff27e0a133ecf85393003dc3774d');
INSERT INTO "events" VALUES(32,'2026-04-01T03:00:00.000000Z','machine','revision.suggested','d-baf376de71ae0cfe','{"content":"78674b5fdbc67c1b7b360e6068ebfa46e07819bcd3a545d0eaf09a4ff0b37fca","fields":["decided_by","statement"],"revision":"v-78674b5fdbc67c1b"}','f16814c2d6e667f050409dde873cc491ffc9ff27e0a133ecf85393003dc3774d','c904643a5fb4bd326e63672f7fb954d9ce05bfe114db8c7731a9cca9164a2f27');
INSERT INTO "events" VALUES(33,'2026-04-01T03:00:00.000000Z','machine','record.not_found','a-1cd7a632353fb93c','{}','c904643a5fb4bd326e63672f7fb954d9ce05bfe114db8c7731a9cca9164a2f27','49096ec572fba76c0a1ca66fe10400f30292193ab93b38708013a78189570027');
INSERT INTO "events" VALUES(34,'2026-04-01T03:00:00.000000Z','machine','record.not_found','o-2e84d6b83e7c6329','{}','49096ec572fba76c0a1ca66fe10400f30292193ab93b38708013a78189570027','12e18af08d1f9c0cac37b39163602bd1577cba4f3a6e83d0469c1f09083ec29c');
INSERT INTO "events" VALUES(35,'2026-04-01T03:00:00.000000Z','machine','source.read','source:77081ede1d00bd08bbbe52a3141a8433','{"complete":true,"content":"29796725d5e66a45bd24e66158eae726e450e52096f942f3df762f44aed93f34"}','12e18af08d1f9c0cac37b39163602bd1577cba4f3a6e83d0469c1f09083ec29c','25e3287cd2e39beefd6e409c1631bb555e13e117660f99ba5173d320c4c6cbf7');
INSERT INTO "events" VALUES(36,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-0','{"content":"cf0c48a1bdb8b5d92dbefaf30d0e3e73db633670746c6251c182654213bb9472","person":4}','25e3287cd2e39beefd6e409c1631bb555e13e117660f99ba5173d320c4c6cbf7','98016d39f1e7c231ae5889628d63583712b3f644adca721afd911c1ac739a505');
INSERT INTO "events" VALUES(37,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-1','{"content":"d00e1d2918e8619167a1a003148c109802194fa650cc3066d8f8e438a15e8624","person":4}','98016d39f1e7c231ae5889628d63583712b3f644adca721afd911c1ac739a505','9cb18436a8f43f41f8234624c1ca51f1524b8bc6af3db5d66af558eedb72cc40');
INSERT INTO "events" VALUES(38,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-2','{"content":"f9e4ab9a4546d2449fb74b380856d881d3071ad7492fc319b0756fac6a3ad9d1","person":4}','9cb18436a8f43f41f8234624c1ca51f1524b8bc6af3db5d66af558eedb72cc40','315d25e708038aaf2e43219b3f6593d9953bbc20f7bc16c929b734bf9b82049a');
INSERT INTO "events" VALUES(39,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-3','{"content":"4d84ce00ae35fd0837b31cc642f887eb4cf4a1da6d01ef769dfa0fff1c2c3fcd","person":4}','315d25e708038aaf2e43219b3f6593d9953bbc20f7bc16c929b734bf9b82049a','a843463671707b7b58f7b4bdab311364b8f4b08e1b1f33a1ac1a37dcd7723779');
INSERT INTO "events" VALUES(40,'2026-04-01T03:00:00.000000Z','person:5','person.erased','person:4','{"reason":"asked for"}','a843463671707b7b58f7b4bdab311364b8f4b08e1b1f33a1ac1a37dcd7723779','e5e66c839154aecef53a4e6fb650723c8d6bb072802d77bda168fee1f1e8d810');
INSERT INTO "events" VALUES(41,'2026-04-01T03:00:00.000000Z','machine','log.cleaned','log','{"erasures":1}','e5e66c839154aecef53a4e6fb650723c8d6bb072802d77bda168fee1f1e8d810','98df35718382874b62c770b2d53887aedba9f7e2d77234db1ac7f9af50e7ec0d');
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
INSERT INTO "meta" VALUES('log_id','86ceaa6b50fb1662');
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
INSERT INTO "revisions" VALUES('v-78674b5fdbc67c1b','d-baf376de71ae0cfe','{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}','["decided_by","statement"]','suggested','scripted/none/1','2026-04-01T03:00:00.000000Z',NULL);
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
INSERT INTO "salts" VALUES('d-565d626bfc6fa3eb','9647336ca6764f68fb51bc70c8109c253749a38edf232d888f26818dc43e36a8');
INSERT INTO "salts" VALUES('a-3e578eccc60fcbee','d9d5efafb15468457300b8aa4153f801fbae1eb12eaf45756147b20a043cb4f5');
INSERT INTO "salts" VALUES('o-eed6c1bd79a5ee8b','c45c0f8366556a13a7aa85d2d7aa08f8f5e5f1bf59db1006ad870398da4898d8');
INSERT INTO "salts" VALUES('sources','434167e5ea97b38a7b4d98768734d670e4a753b315451a21d6ee0f32cf6990a9');
INSERT INTO "salts" VALUES('source:0bdab92c2bd785a044dd9954d3891c8e','9fcb369ba681d185ae18a0f398c02fd9fe739b2edab0a0efd6689daba1205898');
INSERT INTO "salts" VALUES('d-e75e2d5e0c676597','0a16824c69a465830cda21b23834a4bdcd4c21422f1a1777aa209d7fdd46b625');
INSERT INTO "salts" VALUES('a-141d69c065c588a2','a226ee2da2f26069d9b5a802c1f3d1faa9d6b991502ede080908ebe372f0eb0e');
INSERT INTO "salts" VALUES('o-449b0049313ae80d','1a0661cf54002f9975a15d3f1314cb2033148d6f14d3e2790d578db365da4dc6');
INSERT INTO "salts" VALUES('source:95663dbc74deb5669218478b04a0d606','bf78484fed06800182c1c709efd78f6f3efcf3fc77a7345f9b3b980c5355b9b0');
INSERT INTO "salts" VALUES('d-baf376de71ae0cfe','010d91f394409a35b42475e7f9c24a15f2300869a10e7496befbfc3e560f8a24');
INSERT INTO "salts" VALUES('a-1cd7a632353fb93c','24d5f7327c63b6d4c460dce7e411608ff9a2af0b93bf81b722a4f1fbcab5ca09');
INSERT INTO "salts" VALUES('o-2e84d6b83e7c6329','5d6353885d145adadbeb489c16b1369b5a095bbf9ac3d75550c75d31263fdf0b');
INSERT INTO "salts" VALUES('source:77081ede1d00bd08bbbe52a3141a8433','9c33682af9b88c464c4314daca290ab8a0f3c8ecac1125006e5d11472f322178');
INSERT INTO "salts" VALUES('d-ca6b0d18d9fbe1a6','37a11b411a5e47ef317931aaf302160a58ca484179bb4a70cfd318347ac0fcd3');
INSERT INTO "salts" VALUES('a-e37d8fdcebbe6964','2cb67656c09efdd606d310e3c6f0dab872f6a5cf761738cf39725dccaa3d008e');
INSERT INTO "salts" VALUES('o-9178292a5fa118aa','4248f563b6be16f0c7a1e4db814b2b8199fcaa140dbcc0394b2f7740416d3436');
INSERT INTO "salts" VALUES('source:acb2725dcc17bf14a7bf5d5febc6c980','f41b187e2fbe7fa4708a28df72964ba20664450ad1a4b1f4a17a2eb5df00545e');
INSERT INTO "salts" VALUES('source:41eee3f7ee8db29ed5c6e95345e8203d','8e72387aefd2817d1e9af638b23d207bd4f2492da210b37733d3abc6bafa4a5b');
INSERT INTO "salts" VALUES('m-0','cd16644de11bfc1897fea9ecefaaece013efcc2d27dbc43ffbec7d17f303eba9');
INSERT INTO "salts" VALUES('m-1','01f2c17043f4b87d3d74b2f9d72a02aa7b24cc482a3aaf975dc5053ac33977e1');
INSERT INTO "salts" VALUES('m-2','46b2dcb6783f4fbb9cffe44f65329c0e8a1859268dd5271449bd458533198c7c');
INSERT INTO "salts" VALUES('m-3','4437417f2640a9a23bbe859bc415bfbaf7cae6ee7ff21736e092d5f9ce695b85');
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
	CONSTRAINT pk_sources PRIMARY KEY (origin)
);
INSERT INTO "sources" VALUES('folder:m-0.vtt','70751ffcab3aa434151c96cd3bd3cec0e7369ca3b4b557283d07201340975777','scripted','m-0.vtt','2026-04-01T03:00:00.000000Z',1,NULL);
INSERT INTO "sources" VALUES('folder:m-1.vtt','9e912514d6af3e14158a790ff7d0e6330dfdcf58ac38d44f33d682f2bcd98bdd','scripted','m-1.vtt','2026-04-01T03:00:00.000000Z',1,NULL);
INSERT INTO "sources" VALUES('folder:m-2.vtt','69321b2b986d98ca701fb4e6c9617667a75f51209ae7f2c2e18576894891d276','scripted','m-2.vtt','2026-04-01T03:00:00.000000Z',1,NULL);
INSERT INTO "sources" VALUES('folder:m-3.vtt','b2825a3df9aa4fc05cb9d58370ec0741cd28af4c0bc401fb72ed104f964db7d5','scripted','m-3.vtt','2026-04-01T03:00:00.000000Z',1,NULL);
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
