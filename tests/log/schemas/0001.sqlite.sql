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
INSERT INTO "conversations" VALUES('m-0',1,'meeting','Shed steering 0','test.vtt','"2026-03-04"','2026-03-04',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','cf130d8cfb1f772a510f49ac350b615e3968221dcddcf1c89dc3e3449a31ad77','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-1',2,'meeting','Shed steering 1','test.vtt','"2026-03-11"','2026-03-11',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','db072d80fbf5b53db2a2f07c226a45501428b9b2debe9a8404cedb67c0f7b840','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-2',3,'meeting','Shed steering 2','test.vtt','"2026-03-04"','2026-03-04',1,1,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":34,"set_aside":[],"used":34}','[]','[]','scripted/none/1','d9eeffd0ea5af64b991e388619ed80c6d357ed033e92db9a78b175047b2f6cc2','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
INSERT INTO "conversations" VALUES('m-3',4,'meeting','Shed steering 3','test.vtt','"2026-03-25"','2026-03-25',1,4,'[{"aliases":[],"id":"ada-lund","name":"Ada Lund","role":null},{"aliases":[],"id":"ben-ito","name":"Ben Ito","role":null},{"aliases":[],"id":"cy-roe","name":"Cy Roe","role":null},{"aliases":[],"id":"erased-person-4","name":"Erased person 4","role":null}]','{"characters":116,"set_aside":[],"used":116}','[]','[]','scripted/none/1','b5113718007ac7104961b60fc3559161ec5b5d1837e31020da271acfe8360a75','2026-04-01T03:00:00.000000Z','2026-04-01T03:00:00.000000Z',NULL,NULL);
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
INSERT INTO "deliveries" VALUES('digest-4af210623bb48f2a-1','file-cf41fe918d8c','pending',0,NULL,'2026-04-01T03:00:00.000000Z',NULL);
CREATE TABLE digests (
	id TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	after_event INTEGER NOT NULL, 
	last_event INTEGER NOT NULL, 
	made_at TEXT NOT NULL, 
	CONSTRAINT pk_digests PRIMARY KEY (id), 
	CONSTRAINT uq_digests_seq UNIQUE (seq)
);
INSERT INTO "digests" VALUES('digest-4af210623bb48f2a-1',1,0,41,'2026-04-01T03:00:00.000000Z');
CREATE TABLE erased_names (
	person INTEGER NOT NULL, 
	salt TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	CONSTRAINT pk_erased_names PRIMARY KEY (person, digest), 
	CONSTRAINT fk_erased_names_person FOREIGN KEY(person) REFERENCES people (id)
);
INSERT INTO "erased_names" VALUES(4,'96134cc04904264b42a7a104a1abcbcf244bd02158d2efb65a7f250aebc3bc9a','0a69b66bf9267fc7e22547b3944c242ec21d6d6672af7fc80561c1581aa49088');
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
INSERT INTO "events" VALUES(1,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-0','{"content":"31612953ea6eae88e73646775431ff740bff12d5c92c997687f372482fc88134","engine":"scripted/none/1","turns":4}','0000000000000000000000000000000000000000000000000000000000000000','05275030d22811e19747844e7799c478be63b0066931a3b1fe5a4af4689d9e6d');
INSERT INTO "events" VALUES(2,'2026-04-01T03:00:00.000000Z','machine','record.added','d-565d626bfc6fa3eb','{"content":"66d8ee6854036f9a35b34e0888d00f2047bd988a70d81b7139ca9ef3f4b9ebec","conversation":"m-0","state":"proposed","type":"decision"}','05275030d22811e19747844e7799c478be63b0066931a3b1fe5a4af4689d9e6d','f11cc801f1bb3be79c19c30c83345680ddac4d02f53813f6ad15adb0b1130665');
INSERT INTO "events" VALUES(3,'2026-04-01T03:00:00.000000Z','machine','record.added','a-3e578eccc60fcbee','{"content":"8286079a5e6ecc4f8df4ceed68bc46260d2ca86056e1b3688273b7768da73ee8","conversation":"m-0","state":"proposed","type":"action_item"}','f11cc801f1bb3be79c19c30c83345680ddac4d02f53813f6ad15adb0b1130665','9e018730d94cede1ea999e4a432a15dae435a675003c96dedb68f84417ec8775');
INSERT INTO "events" VALUES(4,'2026-04-01T03:00:00.000000Z','machine','record.added','o-eed6c1bd79a5ee8b','{"content":"a17cbd9e57fed301265997fc185ab10344a9bc15aed6fb8647224425c4c13805","conversation":"m-0","state":"proposed","type":"open_question"}','9e018730d94cede1ea999e4a432a15dae435a675003c96dedb68f84417ec8775','1c70072fc54c7d6dc4051e7cf3bcbd088ff296c64b7daf0135a99fa344f42054');
INSERT INTO "events" VALUES(5,'2026-04-01T03:00:00.000000Z','machine','source.read','source:d33131d2b5b730ab97804863db829976','{"complete":true,"content":"b348a6b8cfad563ff0d56cb4ad087afc0e4103657c9b4f0349237e0f417f0377"}','1c70072fc54c7d6dc4051e7cf3bcbd088ff296c64b7daf0135a99fa344f42054','f9ea62e8b33dfa734dc2ba3126dc874336d1a2a50666dbe55d16feddfa7a3be5');
INSERT INTO "events" VALUES(6,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-1','{"content":"ba4711ff03634f6b3546b9b2e9462ab97f54ec02a8ad405a08148c7f5631f00f","engine":"scripted/none/1","turns":4}','f9ea62e8b33dfa734dc2ba3126dc874336d1a2a50666dbe55d16feddfa7a3be5','356b1200b1bdd2f2ba5f830f0c74dc0e9a076d72fa6460f81e8f8d00cd524f53');
INSERT INTO "events" VALUES(7,'2026-04-01T03:00:00.000000Z','machine','record.added','d-e75e2d5e0c676597','{"content":"87ef9e81f0eb4f3c5192fe12f55ad035de967d43e73ea96d65e78352d17af492","conversation":"m-1","state":"proposed","type":"decision"}','356b1200b1bdd2f2ba5f830f0c74dc0e9a076d72fa6460f81e8f8d00cd524f53','12cc72782aeb2751349e283ef34ef886f83750742f1859a06cf8a5c5493d2680');
INSERT INTO "events" VALUES(8,'2026-04-01T03:00:00.000000Z','machine','record.added','a-141d69c065c588a2','{"content":"b5ff6747426526faf4b0ba7b4b46151137213ec93a54505e28e1fedf49058e3c","conversation":"m-1","state":"proposed","type":"action_item"}','12cc72782aeb2751349e283ef34ef886f83750742f1859a06cf8a5c5493d2680','1c26bc34367a5dff170963fab66e8e634c3fa71b8e7a5e8c3bb15d1837cb2b8d');
INSERT INTO "events" VALUES(9,'2026-04-01T03:00:00.000000Z','machine','record.added','o-449b0049313ae80d','{"content":"6065a1b64c0b2351568f284873b15ade88e501f28436a452c76f1d10935c5e37","conversation":"m-1","state":"proposed","type":"open_question"}','1c26bc34367a5dff170963fab66e8e634c3fa71b8e7a5e8c3bb15d1837cb2b8d','6258fa061dcad5cbdbe7f1f8c6c48044be86743542fd1997a3915e0a5d798bb1');
INSERT INTO "events" VALUES(10,'2026-04-01T03:00:00.000000Z','machine','source.read','source:9720cd5044e7ae04bbfeddce87d3996f','{"complete":true,"content":"d3c96ea0aad1c39dc1554a5df15982ccc26fb1a7ba07f5b5513724625e1547fb"}','6258fa061dcad5cbdbe7f1f8c6c48044be86743542fd1997a3915e0a5d798bb1','ac145e873177ded582baeb93d899c0d3671ff3ce441ac2e081ec596f56804e2c');
INSERT INTO "events" VALUES(11,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-2','{"content":"3bd0d3c1aa543a53863394ae757008dace2e13ad7a04150176a7220df2137335","engine":"scripted/none/1","turns":4}','ac145e873177ded582baeb93d899c0d3671ff3ce441ac2e081ec596f56804e2c','bba10fb5a4abbdb9dcf6b064c2e4614ee14d67662d4c3a44324d070e22daacb2');
INSERT INTO "events" VALUES(12,'2026-04-01T03:00:00.000000Z','machine','record.added','d-baf376de71ae0cfe','{"content":"756dce37c2fb91477f10616b2dac715c192e6e84112fa8526a165fd647fa464f","conversation":"m-2","state":"proposed","type":"decision"}','bba10fb5a4abbdb9dcf6b064c2e4614ee14d67662d4c3a44324d070e22daacb2','dd4f84ab6731888cde2c45adaaeac101352a85bc7084fe1cdcdbec710cab0b16');
INSERT INTO "events" VALUES(13,'2026-04-01T03:00:00.000000Z','machine','record.added','a-1cd7a632353fb93c','{"content":"0e4424b4ca22be96b5eb987cd3c60462ef5cd165b4feda03adbd9529836d49b3","conversation":"m-2","state":"proposed","type":"action_item"}','dd4f84ab6731888cde2c45adaaeac101352a85bc7084fe1cdcdbec710cab0b16','a3671e4c7748ca0c04118fc2705371659a30c291fcb6dff435c770431578c9db');
INSERT INTO "events" VALUES(14,'2026-04-01T03:00:00.000000Z','machine','record.added','o-2e84d6b83e7c6329','{"content":"67a7c3ce7dde3ca05d6ef896bd1bedda87325f381fb8947f4b49175342df6e17","conversation":"m-2","state":"proposed","type":"open_question"}','a3671e4c7748ca0c04118fc2705371659a30c291fcb6dff435c770431578c9db','ae6cd281c0cab3e4fbd1b5511088f06de0a152f0e25c30d6beab6de0076da956');
INSERT INTO "events" VALUES(15,'2026-04-01T03:00:00.000000Z','machine','source.read','source:baa1b4a8318630b38eb3be08f89f75a3','{"complete":true,"content":"b2d50e6e78b1fc9997e8d65b5620380f94bce1b9823fe9fce8f14125ad9da292"}','ae6cd281c0cab3e4fbd1b5511088f06de0a152f0e25c30d6beab6de0076da956','6440a823a9badd11962615b99e4bcc89f054b51e81308db95d805e3af50903f1');
INSERT INTO "events" VALUES(16,'2026-04-01T03:00:00.000000Z','machine','conversation.added','m-3','{"content":"891aabda5304dd85eba12ab36bf7d8850706e478e4327f042648ebbc4609aa12","engine":"scripted/none/1","turns":4}','6440a823a9badd11962615b99e4bcc89f054b51e81308db95d805e3af50903f1','eb6f6c00a515e3d05f72c69c1ad20831cb83c57a43de8554990f77ce7253eda9');
INSERT INTO "events" VALUES(17,'2026-04-01T03:00:00.000000Z','machine','record.added','d-ca6b0d18d9fbe1a6','{"content":"30e6ca2424e1b9559b6b55d8663f7c48d73ba3646dcbcffd9f9fd4e8e4a588af","conversation":"m-3","state":"proposed","type":"decision"}','eb6f6c00a515e3d05f72c69c1ad20831cb83c57a43de8554990f77ce7253eda9','b2976a5e58decd68bab24e36d605d71187f4c41351e4247c363bd0f785902119');
INSERT INTO "events" VALUES(18,'2026-04-01T03:00:00.000000Z','machine','record.added','a-e37d8fdcebbe6964','{"content":"01f221c373e196c83ff990881309275181165a3e01541b3592e17e5660999860","conversation":"m-3","state":"proposed","type":"action_item"}','b2976a5e58decd68bab24e36d605d71187f4c41351e4247c363bd0f785902119','528fe93abbbc0bb436e6e22d3c2e168033b5eeb0add9a1ef46fb30ad85648266');
INSERT INTO "events" VALUES(19,'2026-04-01T03:00:00.000000Z','machine','record.added','o-9178292a5fa118aa','{"content":"2ecd65b4eeb811fe462ba062ad6211d940010fe9573ad137addcd4a26c5c2ad0","conversation":"m-3","state":"proposed","type":"open_question"}','528fe93abbbc0bb436e6e22d3c2e168033b5eeb0add9a1ef46fb30ad85648266','d0f23bb57d62b15b15932bac95f1b368a15313a05d25c1eee640198658d4a28f');
INSERT INTO "events" VALUES(20,'2026-04-01T03:00:00.000000Z','machine','source.read','source:a8870dd03cdc31aaea6371a231d48b73','{"complete":true,"content":"63f64224af19243702315cfc351c5c2ef1254098eb9e9f8401575297ab91b714"}','d0f23bb57d62b15b15932bac95f1b368a15313a05d25c1eee640198658d4a28f','f85a8afb76d32568ab0d5c24629d283fc45dcb54b2460dcf5b1d754f4075f81f');
INSERT INTO "events" VALUES(21,'2026-04-01T03:00:00.000000Z','person:5','record.approved','d-565d626bfc6fa3eb','{"before":"proposed"}','f85a8afb76d32568ab0d5c24629d283fc45dcb54b2460dcf5b1d754f4075f81f','ee3fc8b769c29c8fc6186c4d78c937f44d87353ceba1e9729b96099cba49a925');
INSERT INTO "events" VALUES(22,'2026-04-01T03:00:00.000000Z','person:5','record.rejected','a-141d69c065c588a2','{"before":"proposed"}','ee3fc8b769c29c8fc6186c4d78c937f44d87353ceba1e9729b96099cba49a925','d7be9de2669dcee527350b85577aa2c8f39903f69a6ba86eb48ca568171d8e11');
INSERT INTO "events" VALUES(23,'2026-04-01T03:00:00.000000Z','person:5','record.edited','d-baf376de71ae0cfe','{"content":"b3cd485bf0c4510c7635a1b662a585f1fe3055c1a00df217f2db08d069c6e5a0","fields":["statement"],"version":2}','d7be9de2669dcee527350b85577aa2c8f39903f69a6ba86eb48ca568171d8e11','2d6152ba27745bdaa524f3cce70a036d90535c376527ecc6c376355935d8e096');
INSERT INTO "events" VALUES(24,'2026-04-01T03:00:00.000000Z','person:5','record.merged','d-ca6b0d18d9fbe1a6','{"into":"d-baf376de71ae0cfe"}','2d6152ba27745bdaa524f3cce70a036d90535c376527ecc6c376355935d8e096','e74a7489891a8751c79b2e3ad4931499f65a32089fa1f6fb8f12e9e246381005');
INSERT INTO "events" VALUES(25,'2026-04-01T03:00:00.000000Z','person:5','link.confirmed','l-6fe24055e3826fc7','{"before":null,"from":"d-baf376de71ae0cfe","kind":"supersedes","to":"d-565d626bfc6fa3eb"}','e74a7489891a8751c79b2e3ad4931499f65a32089fa1f6fb8f12e9e246381005','242c6ab5600250bf1e1913a1e3963503320d08a239760ca1ade0846bdb5841eb');
INSERT INTO "events" VALUES(26,'2026-04-01T03:00:00.000000Z','machine','link.suggested','l-8ce0ffcd6b92cce5','{"from":"a-1cd7a632353fb93c","judge":"test","kind":"relates","to":"a-3e578eccc60fcbee"}','242c6ab5600250bf1e1913a1e3963503320d08a239760ca1ade0846bdb5841eb','da15484e8f06930ef4b7dcf2e5fb1aae71b4f47c3a62865c43972df86ec82e59');
INSERT INTO "events" VALUES(27,'2026-04-01T03:00:00.000000Z','machine','source.quarantined','source:371f33b651a3ef81ee20f378828e320d','{"attempts":1,"content":"026d4c6973f2216aef08342f7c4e65c0137a9e64351860ea50f84ccfe06508de"}','da15484e8f06930ef4b7dcf2e5fb1aae71b4f47c3a62865c43972df86ec82e59','ef19fa5d4b4c961fdfac11b22b8782d0659242076e6fa3b79ce77bd1ded983ba');
INSERT INTO "events" VALUES(28,'2026-04-01T03:00:00.000000Z','machine','conversation.grown','m-2','{"content":"efdf19bae84f507015b8b441d841faf777fdc7d9c6ba694ce409dc29657ce6aa","engine":"scripted/none/1","turns":1}','ef19fa5d4b4c961fdfac11b22b8782d0659242076e6fa3b79ce77bd1ded983ba','4c79125d15270bc5437438396ba941e17a646cd4f439c38b3493c37222bd18a7');
INSERT INTO "events" VALUES(29,'2026-04-01T03:00:00.000000Z','machine','record.relocated','d-baf376de71ae0cfe','{"content":"cf170de47fa313c0a52a165f1a2468955de9c4eee2d61c30d97efa4f18ef5fef","lost":[]}','4c79125d15270bc5437438396ba941e17a646cd4f439c38b3493c37222bd18a7','ee724d0f56ce49a6e76bf7065356c2021a12d687c0da38caef8cdb0a95bdb0c6');
INSERT INTO "events" VALUES(30,'2026-04-01T03:00:00.000000Z','machine','record.relocated','a-1cd7a632353fb93c','{"content":"0e4424b4ca22be96b5eb987cd3c60462ef5cd165b4feda03adbd9529836d49b3","lost":[0]}','ee724d0f56ce49a6e76bf7065356c2021a12d687c0da38caef8cdb0a95bdb0c6','97a772bb3337bbc3f2e815b7282d3d04648a259f0c7cf94d4312f42e9ab716f4');
INSERT INTO "events" VALUES(31,'2026-04-01T03:00:00.000000Z','machine','record.relocated','o-2e84d6b83e7c6329','{"content":"67a7c3ce7dde3ca05d6ef896bd1bedda87325f381fb8947f4b49175342df6e17","lost":[0]}','97a772bb3337bbc3f2e815b7282d3d04648a259f0c7cf94d4312f42e9ab716f4','eb89cadb1ef6e13c8e5e22eff6e70b432b62b5f606a861494d7ece76e56d0b66');
INSERT INTO "events" VALUES(32,'2026-04-01T03:00:00.000000Z','machine','revision.suggested','d-baf376de71ae0cfe','{"content":"92d536416531fcdaa3fce7f778d6b74466fcbbcf325bad41372964e123fdf8cf","fields":["decided_by","statement"],"revision":"v-92d536416531fcda"}','eb89cadb1ef6e13c8e5e22eff6e70b432b62b5f606a861494d7ece76e56d0b66','0baae71904a48756941bebbfb7d5525addaf105f80f857ca7a23694d2335a20e');
INSERT INTO "events" VALUES(33,'2026-04-01T03:00:00.000000Z','machine','record.not_found','a-1cd7a632353fb93c','{}','0baae71904a48756941bebbfb7d5525addaf105f80f857ca7a23694d2335a20e','054a168f7838532d84b8701b4ca710e74e8a45c8b18a99110984e81e1df7e51f');
INSERT INTO "events" VALUES(34,'2026-04-01T03:00:00.000000Z','machine','record.not_found','o-2e84d6b83e7c6329','{}','054a168f7838532d84b8701b4ca710e74e8a45c8b18a99110984e81e1df7e51f','9ed63dbdef1890c976062622e6a5fc4be980ef13b5bf140cb95d2a9305e0a81e');
INSERT INTO "events" VALUES(35,'2026-04-01T03:00:00.000000Z','machine','source.read','source:baa1b4a8318630b38eb3be08f89f75a3','{"complete":true,"content":"4744053ccab8b61c17b963e9cdc798abad7d69557c2c84a6560edb749e99344c"}','9ed63dbdef1890c976062622e6a5fc4be980ef13b5bf140cb95d2a9305e0a81e','a9740997be250eb2d59a522b9219e7ba35a7d9656b52298c4804507cd9361a89');
INSERT INTO "events" VALUES(36,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-0','{"content":"cf130d8cfb1f772a510f49ac350b615e3968221dcddcf1c89dc3e3449a31ad77","person":4}','a9740997be250eb2d59a522b9219e7ba35a7d9656b52298c4804507cd9361a89','9ceed144eadc6a159bdbb98480093c785a769c48e9ac0e7956e27850737df1ec');
INSERT INTO "events" VALUES(37,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-1','{"content":"db072d80fbf5b53db2a2f07c226a45501428b9b2debe9a8404cedb67c0f7b840","person":4}','9ceed144eadc6a159bdbb98480093c785a769c48e9ac0e7956e27850737df1ec','12e8e21eb1a5a6a1fe0f2016763c02339d2aada049b4b83fb0cd47196dbe56e7');
INSERT INTO "events" VALUES(38,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-2','{"content":"d9eeffd0ea5af64b991e388619ed80c6d357ed033e92db9a78b175047b2f6cc2","person":4}','12e8e21eb1a5a6a1fe0f2016763c02339d2aada049b4b83fb0cd47196dbe56e7','1db97cfe4649e00db45ac3c50ed5d8eb6312dd553a144bd0ee8a8f305b020663');
INSERT INTO "events" VALUES(39,'2026-04-01T03:00:00.000000Z','person:5','conversation.redacted','m-3','{"content":"b5113718007ac7104961b60fc3559161ec5b5d1837e31020da271acfe8360a75","person":4}','1db97cfe4649e00db45ac3c50ed5d8eb6312dd553a144bd0ee8a8f305b020663','1de871f59791b6f0ade841f5e678138163ce906cf50735cd916484d208467d3c');
INSERT INTO "events" VALUES(40,'2026-04-01T03:00:00.000000Z','person:5','person.erased','person:4','{"reason":"asked for"}','1de871f59791b6f0ade841f5e678138163ce906cf50735cd916484d208467d3c','a5426cd0cf0d5306655224967d84d9a14748ac912f4486053f66e71645ee1b14');
INSERT INTO "events" VALUES(41,'2026-04-01T03:00:00.000000Z','machine','log.cleaned','log','{"erasures":1}','a5426cd0cf0d5306655224967d84d9a14748ac912f4486053f66e71645ee1b14','10840d4728a69e7140e3613fe37bf60ad2530196acf1e37dac5050071e96b5ef');
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
INSERT INTO "meta" VALUES('log_id','4af210623bb48f2a');
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
INSERT INTO "revisions" VALUES('v-92d536416531fcda','d-baf376de71ae0cfe','{"agreement":[],"alternatives":[],"category":null,"conditions":[],"confidence":null,"decided_at":null,"decided_by":[],"due":null,"evidence":[{"end_char":26,"quote":"paint the shed number 2","role":"proposed","speaker":"ada-lund","start_char":3,"time":null,"turn":0}],"flags":[],"id":"d-baf376de71ae0cfe","information":[],"owners":[],"raised_at":null,"rationale":null,"roles":{"accountable":[],"consulted":[],"informed":[],"responsible":[]},"significance":null,"statement":"Paint the shed number 2 yellow.","statement_source":"written","status":"decided","topic":null}','["decided_by","statement"]','suggested','scripted/none/1','2026-04-01T03:00:00.000000Z',NULL);
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
INSERT INTO "salts" VALUES('d-565d626bfc6fa3eb','5459e3b58ec1f50df6e6cf49660e6ef5bc0f99416d8912bbad70c64cce4bfd5f');
INSERT INTO "salts" VALUES('a-3e578eccc60fcbee','7320c5c1d3ca3fc07bd14b3dd068b7a3ce38a81593fefe285b4f132457b92a89');
INSERT INTO "salts" VALUES('o-eed6c1bd79a5ee8b','0dabfd5124768789c4863319a8900d37d01236e24984ee04e04342b31b1a76f4');
INSERT INTO "salts" VALUES('sources','0061c9619ad1fef0108999791e75c9675a0511cf62c21b0b706d22ebe149c1c4');
INSERT INTO "salts" VALUES('source:d33131d2b5b730ab97804863db829976','b6e04880ec2b31f7f6d2f01f6e90866b029e8a48b33e74976ecf5a149440a10f');
INSERT INTO "salts" VALUES('d-e75e2d5e0c676597','405d21172931115a7e83938000ce5c284881d212d5825610fdbdce99b39f4c99');
INSERT INTO "salts" VALUES('a-141d69c065c588a2','1f0fb39000a30d63d911e75bb3c9bd81ea6805fa0a8cf27bc0094a89accddacf');
INSERT INTO "salts" VALUES('o-449b0049313ae80d','10e3f6d15b071212fa49fbf5a7b51eac0fdf0a5641fa31f3df3fb99af70654d6');
INSERT INTO "salts" VALUES('source:9720cd5044e7ae04bbfeddce87d3996f','92a30fbef0d7a64da43306b6c26678acb7ae65db9f29ec7877c6835da0030543');
INSERT INTO "salts" VALUES('d-baf376de71ae0cfe','bfcd4343572d798b45a5d62b1d116103be9b24fd10a352b6d04a17784b75e822');
INSERT INTO "salts" VALUES('a-1cd7a632353fb93c','139c52a3e682ee4a0a7e57d3275e327295b8a03b2edc5224fa1aa7c6d70f7267');
INSERT INTO "salts" VALUES('o-2e84d6b83e7c6329','f4e3b9a93a01810cdf87aed6d942122625bf2890bc5852c048bf9e94d6e8857b');
INSERT INTO "salts" VALUES('source:baa1b4a8318630b38eb3be08f89f75a3','cdd2b935e067af689c2e5dc8e7c7cec40b58952c07b8d6d76a67fe4bb648290c');
INSERT INTO "salts" VALUES('d-ca6b0d18d9fbe1a6','73e7761dee4c956e7f621616af2e3c123c8ef26cb43acb0baf24b57b0a9b8c2f');
INSERT INTO "salts" VALUES('a-e37d8fdcebbe6964','e6899a7d5a60db6fa521e491d28a4321fcc8a19fe0b2ad28be7c9fffce98ac26');
INSERT INTO "salts" VALUES('o-9178292a5fa118aa','858520d37978c2e020dfa1b803e651986cf9b655810bafde37072eca4e1127aa');
INSERT INTO "salts" VALUES('source:a8870dd03cdc31aaea6371a231d48b73','72b4ea7a435813f96f90b30ed3f49909846a5423697c104dc32f6720cefaf756');
INSERT INTO "salts" VALUES('source:371f33b651a3ef81ee20f378828e320d','6dc226bd846dbc8bb3675b1bd2c39e035a86e584d5c2e0d5a168cbcfc8f5daa2');
INSERT INTO "salts" VALUES('m-0','b4d0d01a0d79193e97251e258dc48110115af208c100a64c92876ae5b35b475d');
INSERT INTO "salts" VALUES('m-1','bc30b27321ccf4f1ce8c85326941defe4f65c6b3a7876c4fce14a577034d6b40');
INSERT INTO "salts" VALUES('m-2','4d279743433fc2a50f681440c1d0fd0e2501aae0b0dc375792b85898eda0f3f0');
INSERT INTO "salts" VALUES('m-3','bb3e9e3bd57b5330595d1e77dd41f971954bb14315f49096883d1d4bbe632d5c');
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
