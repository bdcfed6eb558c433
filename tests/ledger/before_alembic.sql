BEGIN TRANSACTION;
CREATE TABLE arrival (
	id INTEGER NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	file VARCHAR NOT NULL, 
	folder VARCHAR, 
	at VARCHAR NOT NULL, 
	taken INTEGER NOT NULL, 
	state VARCHAR NOT NULL, 
	status VARCHAR, 
	unit VARCHAR, 
	year INTEGER, 
	period INTEGER, 
	issue INTEGER, 
	revision INTEGER, 
	report VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "arrival" VALUES(1,'aa','inbox/a.xlsx',NULL,'2020-04-03T02:30:00+00:00',1,'filed','accepted','kabid-pasar',2020,1,1,1,'{"problems": [{"code": "S11", "severity": "warning"}]}');
INSERT INTO "arrival" VALUES(2,'bb','inbox/b.xlsx',NULL,'2020-04-03T02:30:00+00:00',1,'judged','rejected','kabid-pasar',2020,2,1,NULL,'{"problems": [{"code": "S11", "severity": "warning"}]}');
CREATE TABLE issue (
	id INTEGER NOT NULL, 
	unit VARCHAR NOT NULL, 
	year INTEGER NOT NULL, 
	period INTEGER NOT NULL, 
	issue INTEGER NOT NULL, 
	digest VARCHAR NOT NULL, 
	snapshot VARCHAR NOT NULL, 
	sha256 VARCHAR NOT NULL, 
	at VARCHAR NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "issue" VALUES(1,'kabid-pasar',2020,1,1,'d','{}','s','2020-04-01T00:00:00+07:00');
CREATE TABLE meta (
	version INTEGER NOT NULL
);
INSERT INTO "meta" VALUES(1);
CREATE TABLE stale (
	year INTEGER NOT NULL, 
	PRIMARY KEY (year)
);
INSERT INTO "stale" VALUES(2020);
CREATE TABLE text (
	arrival INTEGER NOT NULL, 
	indicator VARCHAR NOT NULL, 
	field VARCHAR NOT NULL, 
	text VARCHAR NOT NULL, 
	PRIMARY KEY (arrival, indicator, field), 
	FOREIGN KEY(arrival) REFERENCES arrival (id)
);
INSERT INTO "text" VALUES(1,'kabid-pasar/01','bukti','foto');
INSERT INTO "text" VALUES(1,'','pengisi_nama','Siti');
CREATE TABLE value (
	arrival INTEGER NOT NULL, 
	indicator VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	number VARCHAR, 
	PRIMARY KEY (arrival, indicator, "key"), 
	FOREIGN KEY(arrival) REFERENCES arrival (id)
);
INSERT INTO "value" VALUES(1,'kabid-pasar/01','a','5');
CREATE UNIQUE INDEX issue_once ON issue (unit, year, period, issue);
CREATE INDEX arrival_form ON arrival (unit, year, period);
CREATE INDEX ix_arrival_sha256 ON arrival (sha256);
COMMIT;
