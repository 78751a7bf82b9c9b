// The time zones of the IANA data base, version 2025b, from 2000 on: Africa, the Americas and Antarctica.
//
// A line a zone: its names; the rule for the time after its last transition, as POSIX writes it; and
// the transitions that the rule does not give: the minutes from UTC at the start of 2000, then each
// transition as minutes since 2000 (to base 36) and the minutes from UTC from there on.
//
// The data base is in the public domain. A test compares every zone with the compiled data base of
// the system, where that is of the same version.

extension IANAZone {
  static let western = """
    Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry \
    Africa/Dakar Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou \
    Africa/Timbuktu America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/GMT Etc/GMT+0 \
    Etc/GMT-0 Etc/GMT0 Etc/Greenwich GMT GMT+0 GMT-0 GMT0 Greenwich Iceland|GMT0|
    Africa/Addis_Ababa Africa/Asmara Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti \
    Africa/Kampala Africa/Mogadishu Africa/Nairobi Indian/Antananarivo Indian/Comoro \
    Indian/Mayotte|EAT-3|
    Africa/Algiers|CET-1|
    Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville \
    Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo|WAT-1|
    Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Kigali Africa/Lubumbashi \
    Africa/Lusaka Africa/Maputo|CAT-2|
    Africa/Cairo Egypt|EET-2EEST,M4.5.5/0,M10.5.4/24|120 3n0o:180 8e30:120 evgo:180 jmj0:120 \
    q3wo:180 uuz0:120 11cco:180 163f0:120 1csko:180 1hjn0:120 1o10o:180 1ss30:120 1z9go:180 \
    23sr0:120 2ahwo:180 2eln0:120 2lqco:180 2pmb0:120 2wyso:180 30mz0:120 38f0o:180 3blf0:120 \
    3ciso:180 3d630:120 4i04o:180 4jar0:120 4kdoo:180 4m3v0:120 7awco:180
    Africa/Casablanca Africa/El_Aaiun|<+01>-1|0 2mvk0:60 2ppqc:0 2y540:60 30n2c:0 38hc0:60 3bi6c:0 \
    3iuo0:60 3miuc:0 3uybc:60 3xhfc:0 3yfvc:60 3zpfc:0 466rc:60 48cjc:0 49ebc:60 4bszc:0 4gk3c:60 \
    4jc3c:0 4kezc:60 4n1fc:0 4rsjc:60 4u63c:0 4v8zc:60 4y9vc:0 530zc:60 556rc:0 569nc:60 59q3c:0 \
    5e9fc:60 5fznc:0 5habc:60 5kyjc:0 5phvc:60 5r0bc:0 5s37c:60 620zc:0 633vc:60 6ctvc:0 6e4jc:60 \
    6nujc:0 6oxfc:60 6ynfc:0 6zy3c:60 79o3c:0 7aqzc:60 7korc:0 7lrnc:60 7vhnc:0 7wsbc:60 86ibc:0 \
    87l7c:60 8hizc:0 8ilvc:60 8sbvc:0 8tmjc:60 93cjc:0 94ffc:60 9e5fc:0 9fg3c:60 9p63c:0 9q8zc:60 \
    a06rc:0 a19nc:60 aaznc:0 acabc:60 am0bc:0 an37c:60 awt7c:0 ay3vc:60 b7tvc:0 b94jc:60 biujc:0 \
    bjxfc:60 btnfc:0 buy3c:60 c4o3c:0 c5qzc:60 cforc:0 cgrnc:60 cqhnc:0 crsbc:60 d1ibc:0 d2l7c:60 \
    dcb7c:0 ddlvc:60 dnbvc:0 domjc:60 dycjc:0 dzffc:60 e95fc:0 eag3c:60 ek63c:0 el8zc:60 ev6rc:0 \
    ew9nc:60 f5znc:0 f7abc:60 fh0bc:0 fi37c:60 frt7c:0 ft3vc:60 g2tvc:0 g44jc:60 gdujc:0 gexfc:60 \
    gonfc:0 gpy3c:60 gzo3c:0 h0qzc:60 haorc:0 hbrnc:60 hlhnc:0 hmsbc:60 hwibc:0 hxl7c:60 i7b7c:0 \
    i8lvc:60 iibvc:0 ijmjc:60 itcjc:0 iuffc:60 j45fc:0 j5g3c:60 jf63c:0 jg8zc:60 jq6rc:0 jr9nc:60 \
    k0znc:0 k2abc:60 kc0bc:0 kd37c:60 kmt7c:0 ko3vc:60 kxtvc:0 kz4jc:60 l8ujc:0 l9xfc:60 ljnfc:0 \
    lky3c:60 luo3c:0 lvqzc:60 m5orc:0 m6rnc:60 mghnc:0 mhsbc:60 mribc:0 msl7c:60 n2b7c:0 n3lvc:60 \
    ndbvc:0 nemjc:60 nocjc:0 npffc:60 nz5fc:0 o0g3c:60 oa63c:0 ob8zc:60 ol6rc:0 om9nc:60 ovznc:0 \
    oxabc:60 p70bc:0 p837c:60 pht7c:0 pj3vc:60 pstvc:0 ptwrc:60 q3ujc:0 q4xfc:60 qenfc:0 qfy3c:60 \
    qpo3c:0 qqqzc:60 r0orc:0 r1rnc:60 rbhnc:0 rcsbc:60
    Africa/Ceuta Arctic/Longyearbyen Atlantic/Jan_Mayen CET Europe/Amsterdam Europe/Andorra \
    Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest \
    Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg \
    Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica \
    Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm \
    Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb \
    Europe/Zurich Poland|CET-1CEST,M3.5.0,M10.5.0/3|
    Africa/Johannesburg Africa/Maseru Africa/Mbabane|SAST-2|
    Africa/Juba|CAT-2|120 g0o:180 6lpn0:120
    Africa/Khartoum|CAT-2|120 g0o:180 5l1n0:120
    Africa/Sao_Tome|GMT0|0 5mxlo:60 5y75o:0
    Africa/Tripoli Libya|EET-2|120 40yw0:60 459c0:120
    Africa/Tunis|CET-1|60 1o3ac:120 1ss80:60 1y8xo:120 24y1o:60 29hdo:120 2g6ho:60 2kxlo:120 \
    2rexo:60
    Africa/Windhoek|CAT-2|120 2u80:60 7ldo:120 e2o0:60 itto:120 piw0:60 u29o:120 10rc0:60 \
    15iho:120 1bzs0:60 1gqxo:120 1n880:60 1rzdo:120 1ygo0:60 237to:120 29p40:60 2eg9o:120 2l5c0:60 \
    2pwho:120 2wds0:60 314xo:120 37m80:60 3cddo:120 3iuo0:60 3nlto:120 3u340:60 3yu9o:120 45jc0:60 \
    4a2po:120 4grs0:60 4lixo:120 4s080:60 4wrdo:120 538o0:60 57zto:120 5eh40:60 5j89o:120
    America/Adak America/Atka US/Aleutian|HST10HDT,M3.2.0,M11.1.0|-600 2us0:-540 9c2c:-600 \
    e380:-540 kkic:-600 pjg0:-540 vsyc:-600 10rw0:-540 171ec:-600 1c0c0:-540 1ihmc:-600 1n8s0:-540 \
    1tq2c:-600 1yh80:-540 24yic:-600 292c0:-540
    America/Anchorage America/Juneau America/Nome America/Sitka America/Yakutat \
    US/Alaska|AKST9AKDT,M3.2.0,M11.1.0|-540 2uqc:-480 9c0o:-540 e36c:-480 kkgo:-540 pjec:-480 \
    vswo:-540 10ruc:-480 171co:-540 1c0ac:-480 1ihko:-540 1n8qc:-480 1tq0o:-540 1yh6c:-480 \
    24ygo:-540 292ac:-480
    America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon \
    America/Curacao America/Dominica America/Grenada America/Guadeloupe America/Kralendijk \
    America/Lower_Princes America/Marigot America/Martinique America/Montserrat \
    America/Port_of_Spain America/Puerto_Rico America/St_Barthelemy America/St_Kitts \
    America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola America/Virgin|AST4|
    America/Araguaina|<-03>3|-120 1rfc:-180 8od0:-120 cs3c:-180 k4l0:-120 o0jc:-180 w0d0:-120 \
    z8zc:-180 40ct0:-120 440zc:-180
    America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Buenos_Aires America/Cordoba \
    America/Rosario|<-03>3|-180 2i4l0:-120 2ki3c:-180 2r790:-120 2vqjc:-180
    America/Argentina/Catamarca America/Argentina/ComodRivadavia America/Argentina/La_Rioja \
    America/Argentina/Rio_Gallegos America/Catamarca|<-03>3|-180 1dsd0:-240 1edio:-180 2i4l0:-120 \
    2ki3c:-180
    America/Argentina/Jujuy America/Argentina/Salta America/Jujuy|<-03>3|-180 2i4l0:-120 \
    2ki3c:-180
    America/Argentina/Mendoza America/Mendoza|<-03>3|-180 1did0:-240 1heeo:-180 2i4l0:-120 \
    2ki3c:-180
    America/Argentina/San_Juan|<-03>3|-180 1dr90:-240 1fgeo:-180 2i4l0:-120 2ki3c:-180
    America/Argentina/San_Luis|<-03>3|-180 1dr90:-240 1fgeo:-180 2i4l0:-120 2iszc:-180 2kad0:-240 \
    2qzio:-180 2vit0:-240 327yo:-180
    America/Argentina/Tucuman|<-03>3|-180 1dsd0:-240 1e5qo:-180 2i4l0:-120 2ki3c:-180 2r790:-120 \
    2vqjc:-180
    America/Argentina/Ushuaia|<-03>3|-180 1dq50:-240 1edio:-180 2i4l0:-120 2ki3c:-180
    America/Asuncion|<-03>3|-180 1z90:-240 8gmo:-180 d7p0:-240 jwuo:-180 pj10:-240 u2eo:-180 \
    10rh0:-240 15imo:-180 1bzx0:-240 1i1qo:-180 1ml10:-240 1ta6o:-180 1xth0:-240 24imo:-180 \
    291x0:-240 2fyuo:-180 2kad0:-240 2r7ao:-180 2vit0:-240 32fqo:-180 37u50:-240 3d8mo:-180 \
    3j2l0:-240 3oh2o:-180 3ub10:-240 3zxao:-180 453x0:-240 4b5qo:-180 4gcd0:-240 4me6o:-180 \
    4rkt0:-240 4xmmo:-180 53110:-240 58v2o:-180 5e9h0:-240 5k3io:-180 5phx0:-240 5vjqo:-180 \
    60qd0:-240 66s6o:-180 6byt0:-240 6i0mo:-180 6nf10:-240 6t92o:-180 6ynh0:-240 74hio:-180 \
    79vx0:-240 7fpyo:-180 7l4d0:-240 7r66o:-180
    America/Atikokan America/Cayman America/Coral_Harbour America/Jamaica America/Panama EST \
    Jamaica|EST5|
    America/Bahia|<-03>3|-120 1rfc:-180 8od0:-120 cs3c:-180 k4l0:-120 o0jc:-180 w0d0:-120 \
    z8zc:-180 3owl0:-120 3t0bc:-180
    America/Bahia_Banderas|CST6|-420 2un0:-360 9bxc:-420 f5z0:-360 jp9c:-420 pjb0:-360 vstc:-420 \
    10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 1tpxc:-420 1yh30:-360 24ydc:-420 \
    29pj0:-360 2g6tc:-420 2l5r0:-360 2rf9c:-420 2we70:-360 32npc:-420 37mn0:-300 3e3vo:-360 \
    3iv1c:-300 3pcbo:-360 3u3hc:-300 40kro:-360 45jpc:-300 4bt7o:-360 4gs5c:-300 4n1no:-360 \
    4s0lc:-300 4ya3o:-360 5391c:-300 59qbo:-360 5ehhc:-300 5kyro:-360 5ppxc:-300 5w77o:-360 \
    6165c:-300 67fno:-360 6celc:-300 6io3o:-360 6nn1c:-300 6u4bo:-360 6yvhc:-300 75cro:-360
    America/Belem America/Cayenne America/Paramaribo Antarctica/Rothera Etc/GMT+3|<-03>3|
    America/Belize America/Costa_Rica America/El_Salvador America/Regina America/Swift_Current \
    Canada/Saskatchewan|CST6|
    America/Boa_Vista|<-04>4|-180 1rh0:-240 8oeo:-180 8w50:-240
    America/Bogota America/Guayaquil America/Lima Etc/GMT+5|<-05>5|
    America/Boise America/Denver America/Edmonton America/Inuvik America/Shiprock \
    America/Yellowknife Canada/Mountain MST7MDT Navajo US/Mountain|MST7MDT,M3.2.0,M11.1.0|-420 \
    2un0:-360 9bxc:-420 e330:-360 kkdc:-420 pjb0:-360 vstc:-420 10rr0:-360 1719c:-420 1c070:-360 \
    1ihhc:-420 1n8n0:-360 1tpxc:-420 1yh30:-360 24ydc:-420 29270:-360
    America/Cambridge_Bay|MST7MDT,M3.2.0,M11.1.0|-360 2ulc:-300 9jkc:-360 kkdc:-420 pjb0:-360 \
    vstc:-420 10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 1tpxc:-420 1yh30:-360 \
    24ydc:-420 29270:-360
    America/Campo_Grande|<-04>4|-180 1rh0:-240 8oeo:-180 cs50:-240 k4mo:-180 o0l0:-240 w0eo:-180 \
    z910:-240 16tao:-180 1ahh0:-240 1ijio:-180 1lxp0:-240 1ta6o:-180 1x650:-240 255yo:-180 \
    28md0:-240 2fr2o:-180 2jn10:-240 2r7ao:-180 2uvh0:-240 32fqo:-180 36bp0:-240 3do6o:-180 \
    3hk50:-240 3owmo:-180 3t0d0:-240 40cuo:-180 44110:-240 4blao:-180 4f9h0:-240 4mtqo:-180 \
    4qpp0:-240 4y26o:-180 51y50:-240 59amo:-180 5d6l0:-240 5kj2o:-180 5of10:-240 5weuo:-180 \
    5znh0:-240
    America/Cancun|EST5|-360 2ulc:-300 9bvo:-360 f5xc:-300 jp7o:-360 pj9c:-300 vsro:-360 \
    10rpc:-300 1717o:-360 1c05c:-300 1ihfo:-360 1n8lc:-300 1tpvo:-360 1yh1c:-300 24ybo:-360 \
    29phc:-300 2g6ro:-360 2l5pc:-300 2rf7o:-360 2we5c:-300 32nno:-360 37mlc:-300 3e3vo:-360 \
    3iv1c:-300 3pcbo:-360 3u3hc:-300 40kro:-360 45jpc:-300 4bt7o:-360 4gs5c:-300 4n1no:-360 \
    4q2lc:-300
    America/Caracas|<-04>4|-240 2hhfo:-270 5443o:-240
    America/Chicago America/Menominee America/North_Dakota/Center CST6CDT \
    US/Central|CST6CDT,M3.2.0,M11.1.0|-360 2ulc:-300 9bvo:-360 e31c:-300 kkbo:-360 pj9c:-300 \
    vsro:-360 10rpc:-300 1717o:-360 1c05c:-300 1ihfo:-360 1n8lc:-300 1tpvo:-360 1yh1c:-300 \
    24ybo:-360 2925c:-300
    America/Chihuahua|CST6|-420 2un0:-360 9bxc:-420 f5z0:-360 jp9c:-420 pjb0:-360 vstc:-420 \
    10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 1tpxc:-420 1yh30:-360 24ydc:-420 \
    29pj0:-360 2g6tc:-420 2l5r0:-360 2rf9c:-420 2we70:-360 32npc:-420 37mn0:-360 3e3xc:-420 \
    3iv30:-360 3pcdc:-420 3u3j0:-360 40ktc:-420 45jr0:-360 4bt9c:-420 4gs70:-360 4n1pc:-420 \
    4s0n0:-360 4ya5c:-420 53930:-360 59qdc:-420 5ehj0:-360 5kytc:-420 5ppz0:-360 5w79c:-420 \
    61670:-360 67fpc:-420 6cen0:-360 6io5c:-420 6nn30:-360 6u4dc:-420 6yvj0:-360
    America/Ciudad_Juarez|MST7MDT,M3.2.0,M11.1.0|-420 2un0:-360 9bxc:-420 f5z0:-360 jp9c:-420 \
    pjb0:-360 vstc:-420 10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 1tpxc:-420 \
    1yh30:-360 24ydc:-420 29pj0:-360 2g6tc:-420 2l5r0:-360 2rf9c:-420 2we70:-360 32npc:-420 \
    36zb0:-360 3ebpc:-420 3i7r0:-360 3pk5c:-420 3tg70:-360 40slc:-420 44on0:-360 4c11c:-420 \
    4fx30:-360 4n9hc:-420 4r5j0:-360 4yhxc:-420 52lr0:-360 59y5c:-420 5du70:-360 5l6lc:-420 \
    5p2n0:-360 5wf1c:-420 60b30:-360 67nhc:-420 6bjj0:-360 6ivxc:-420 6mzr0:-360 6uc5c:-420 \
    6y870:-360 76b60:-420
    America/Coyhaique|<-03>3|-180 2710:-240 8w6o:-180 dfh0:-240 k4mo:-180 onx0:-240 vd2o:-180 \
    zwd0:-240 16lio:-180 1bcl0:-240 1htyo:-180 1ml10:-240 1t2eo:-180 1xth0:-240 24imo:-180 \
    291x0:-240 2fr2o:-180 2kxp0:-240 2qzio:-180 2vql0:-240 327yo:-180 37md0:-240 3dgeo:-180 \
    3jxp0:-240 3n6eo:-180 3uyd0:-240 3yueo:-180 466t0:-240 4aamo:-180 4hf90:-240 4lj2o:-180 \
    54jh0:-240 57cmo:-180 5frx0:-240 5il2o:-180 5r0d0:-240 5ttio:-180 615x0:-240 65x2o:-180 \
    6ced0:-240 6h5io:-180 6nmt0:-240 6sdyo:-180 6yv90:-240 73u6o:-180 7a3p0:-240 7euuo:-180 \
    7ljx0:-240 7qb2o:-180
    America/Creston America/Dawson_Creek America/Hermosillo America/Phoenix MST US/Arizona|MST7|
    America/Cuiaba|<-04>4|-180 1rh0:-240 8oeo:-180 cs50:-240 k4mo:-180 o0l0:-240 w0eo:-180 \
    z910:-240 1ijio:-180 1lxp0:-240 1ta6o:-180 1x650:-240 255yo:-180 28md0:-240 2fr2o:-180 \
    2jn10:-240 2r7ao:-180 2uvh0:-240 32fqo:-180 36bp0:-240 3do6o:-180 3hk50:-240 3owmo:-180 \
    3t0d0:-240 40cuo:-180 44110:-240 4blao:-180 4f9h0:-240 4mtqo:-180 4qpp0:-240 4y26o:-180 \
    51y50:-240 59amo:-180 5d6l0:-240 5kj2o:-180 5of10:-240 5weuo:-180 5znh0:-240
    America/Dawson America/Whitehorse Canada/Yukon|MST7|-480 2uoo:-420 9bz0:-480 e34o:-420 \
    kkf0:-480 pjco:-420 vsv0:-480 10rso:-420 171b0:-480 1c08o:-420 1ihj0:-480 1n8oo:-420 \
    1tpz0:-480 1yh4o:-420 24yf0:-480 2928o:-420 2gen0:-480 2kaoo:-420 2rn30:-480 2vj4o:-420 \
    32vj0:-480 36zco:-420 3ebr0:-480 3i7so:-420 3pk70:-480 3tg8o:-420 40sn0:-480 44ooo:-420 \
    4c130:-480 4fx4o:-420 4n9j0:-480 4r5ko:-420 4yhz0:-480 52lso:-420 59y70:-480 5du8o:-420 \
    5l6n0:-480 5p2oo:-420 5wf30:-480 60b4o:-420 67nj0:-480 6bjko:-420
    America/Detroit America/Kentucky/Louisville America/Louisville America/Montreal America/Nassau \
    America/New_York America/Nipigon America/Thunder_Bay America/Toronto Canada/Eastern EST5EDT \
    US/Eastern US/Michigan|EST5EDT,M3.2.0,M11.1.0|-300 2ujo:-240 9bu0:-300 e2zo:-240 kka0:-300 \
    pj7o:-240 vsq0:-300 10rno:-240 17160:-300 1c03o:-240 1ihe0:-300 1n8jo:-240 1tpu0:-300 \
    1ygzo:-240 24ya0:-300 2923o:-240
    America/Eirunepe America/Porto_Acre America/Rio_Branco Brazil/Acre|<-05>5|-300 2nlcc:-240 \
    4c8mo:-300
    America/Ensenada America/Santa_Isabel America/Tijuana \
    Mexico/BajaNorte|PST8PDT,M3.2.0,M11.1.0|-480 2uoo:-420 9bz0:-480 e34o:-420 kkf0:-480 pjco:-420 \
    vsv0:-480 10rso:-420 171b0:-480 1c08o:-420 1ihj0:-480 1n8oo:-420 1tpz0:-480 1yh4o:-420 \
    24yf0:-480 29pko:-420 2g6v0:-480 2l5so:-420 2rfb0:-480 2we8o:-420 32nr0:-480 36zco:-420
    America/Fort_Nelson|MST7|-480 2uoo:-420 9bz0:-480 e34o:-420 kkf0:-480 pjco:-420 vsv0:-480 \
    10rso:-420 171b0:-480 1c08o:-420 1ihj0:-480 1n8oo:-420 1tpz0:-480 1yh4o:-420 24yf0:-480 \
    2928o:-420 2gen0:-480 2kaoo:-420 2rn30:-480 2vj4o:-420 32vj0:-480 36zco:-420 3ebr0:-480 \
    3i7so:-420 3pk70:-480 3tg8o:-420 40sn0:-480 44ooo:-420 4c130:-480 4fx4o:-420 4n9j0:-480 \
    4r5ko:-420
    America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Marengo America/Indiana/Vevay \
    America/Indianapolis US/East-Indiana|EST5EDT,M3.2.0,M11.1.0|-300 1ygzo:-240 24ya0:-300 \
    2923o:-240
    America/Fortaleza America/Maceio|<-03>3|-120 1rfc:-180 8od0:-120 93vc:-180 k4l0:-120 o0jc:-180
    America/Glace_Bay America/Halifax America/Thule Atlantic/Bermuda \
    Canada/Atlantic|AST4ADT,M3.2.0,M11.1.0|-240 2ui0:-180 9bsc:-240 e2y0:-180 kk8c:-240 pj60:-180 \
    vsoc:-240 10rm0:-180 1714c:-240 1c020:-180 1ihcc:-240 1n8i0:-180 1tpsc:-240 1ygy0:-180 \
    24y8c:-240 29220:-180
    America/Godthab America/Nuuk|<-02>2<-01>,M3.5.0/-1,M10.5.0/0|-180 2mho:-120 9blo:-180 \
    duxo:-120 kk1o:-180 pb5o:-120 vsho:-180 10jlo:-120 170xo:-180 1bs1o:-120 1ih5o:-180 1n0ho:-120 \
    1tplo:-180 1y8xo:-120 24y1o:-180 29hdo:-120 2g6ho:-180 2kxlo:-120 2rexo:-180 2w61o:-120 \
    32ndo:-180 37eho:-120 3e3lo:-180 3imxo:-120 3pc1o:-180 3tvdo:-120 40kho:-180 45blo:-120 \
    4bsxo:-180 4gk1o:-120 4n1do:-180 4rsho:-120 4y9to:-180 530xo:-120 59q1o:-180 5e9do:-120 \
    5kyho:-180 5phto:-120 5w6xo:-180 60y1o:-120 67fdo:-180 6c6ho:-120 6into:-180 6nexo:-120 \
    6u41o:-180 6yndo:-120 75cho:-180 79vto:-120 7lc1o:-60
    America/Goose_Bay|AST4ADT,M3.2.0,M11.1.0|-240 2uep:-180 9bp1:-240 e2up:-180 kk51:-240 \
    pj2p:-180 vsl1:-240 10rip:-180 17111:-240 1bzyp:-180 1ih91:-240 1n8ep:-180 1tpp1:-240 \
    1ygup:-180 24y51:-240 291yp:-180 2ged1:-240 2kaep:-180 2rmt1:-240 2viup:-180 32v91:-240 \
    36z2p:-180 3ebh1:-240 3i7ip:-180 3pk0c:-240
    America/Grand_Turk|EST5EDT,M3.2.0,M11.1.0|-300 2ujo:-240 9bu0:-300 e2zo:-240 kka0:-300 \
    pj7o:-240 vsq0:-300 10rno:-240 17160:-300 1c03o:-240 1ihe0:-300 1n8jo:-240 1tpu0:-300 \
    1ygzo:-240 24ya0:-300 2923o:-240 2gei0:-300 2kajo:-240 2rmy0:-300 2vizo:-240 32ve0:-300 \
    36z7o:-240 3ebm0:-300 3i7no:-240 3pk20:-300 3tg3o:-240 40si0:-300 44ojo:-240 4c0y0:-300 \
    4fwzo:-240 4n9e0:-300 4r5fo:-240 5wey0:-300
    America/Guatemala|CST6|-360 1zc20:-300 2434c:-360
    America/Guyana America/La_Paz America/Manaus America/Porto_Velho Brazil/West Etc/GMT+4|<-04>4|
    America/Havana Cuba|CST5CDT,M3.2.0/0,M11.1.0/1|-300 2ugc:-240 9bsc:-300 e2wc:-240 kk8c:-300 \
    pj4c:-240 vsoc:-300 10rkc:-240 1714c:-300 1bs8c:-240 24y8c:-300 2920c:-240 2g6oc:-300 \
    2ki8c:-240 2rf4c:-300 2viwc:-240 32nkc:-300 36z4c:-240 3e3sc:-300 3ifcc:-240 3prsc:-300 \
    3u3cc:-240
    America/Indiana/Knox America/Indiana/Tell_City America/Knox_IN \
    US/Indiana-Starke|CST6CDT,M3.2.0,M11.1.0|-300 24ybo:-360 2925c:-300
    America/Indiana/Petersburg America/Indiana/Vincennes|EST5EDT,M3.2.0,M11.1.0|-300 24ybo:-360 \
    2925c:-300 2kajo:-240
    America/Indiana/Winamac|EST5EDT,M3.2.0,M11.1.0|-300 24ybo:-360 2925c:-240
    America/Iqaluit America/Kentucky/Monticello America/Pangnirtung|EST5EDT,M3.2.0,M11.1.0|-360 \
    2ulc:-300 e2zo:-240 kka0:-300 pj7o:-240 vsq0:-300 10rno:-240 17160:-300 1c03o:-240 1ihe0:-300 \
    1n8jo:-240 1tpu0:-300 1ygzo:-240 24ya0:-300 2923o:-240
    America/Los_Angeles America/Vancouver Canada/Pacific PST8PDT \
    US/Pacific|PST8PDT,M3.2.0,M11.1.0|-480 2uoo:-420 9bz0:-480 e34o:-420 kkf0:-480 pjco:-420 \
    vsv0:-480 10rso:-420 171b0:-480 1c08o:-420 1ihj0:-480 1n8oo:-420 1tpz0:-480 1yh4o:-420 \
    24yf0:-480 2928o:-420
    America/Managua|CST6|-360 1nga0:-300 1suoc:-360 1zc5c:-300 24360:-360
    America/Matamoros|CST6CDT,M3.2.0,M11.1.0|-360 2ulc:-300 9bvo:-360 f5xc:-300 jp7o:-360 \
    pj9c:-300 vsro:-360 10rpc:-300 1717o:-360 1c05c:-300 1ihfo:-360 1n8lc:-300 1tpvo:-360 \
    1yh1c:-300 24ybo:-360 29phc:-300 2g6ro:-360 2l5pc:-300 2rf7o:-360 2we5c:-300 32nno:-360 \
    36z9c:-300
    America/Mazatlan Mexico/BajaSur|MST7|-420 2un0:-360 9bxc:-420 f5z0:-360 jp9c:-420 pjb0:-360 \
    vstc:-420 10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 1tpxc:-420 1yh30:-360 \
    24ydc:-420 29pj0:-360 2g6tc:-420 2l5r0:-360 2rf9c:-420 2we70:-360 32npc:-420 37mn0:-360 \
    3e3xc:-420 3iv30:-360 3pcdc:-420 3u3j0:-360 40ktc:-420 45jr0:-360 4bt9c:-420 4gs70:-360 \
    4n1pc:-420 4s0n0:-360 4ya5c:-420 53930:-360 59qdc:-420 5ehj0:-360 5kytc:-420 5ppz0:-360 \
    5w79c:-420 61670:-360 67fpc:-420 6cen0:-360 6io5c:-420 6nn30:-360 6u4dc:-420 6yvj0:-360 \
    75ctc:-420
    America/Merida America/Mexico_City America/Monterrey Mexico/General|CST6|-360 2ulc:-300 \
    9bvo:-360 f5xc:-300 jp7o:-360 pj9c:-300 vsro:-360 10rpc:-300 1717o:-360 1c05c:-300 1ihfo:-360 \
    1n8lc:-300 1tpvo:-360 1yh1c:-300 24ybo:-360 29phc:-300 2g6ro:-360 2l5pc:-300 2rf7o:-360 \
    2we5c:-300 32nno:-360 37mlc:-300 3e3vo:-360 3iv1c:-300 3pcbo:-360 3u3hc:-300 40kro:-360 \
    45jpc:-300 4bt7o:-360 4gs5c:-300 4n1no:-360 4s0lc:-300 4ya3o:-360 5391c:-300 59qbo:-360 \
    5ehhc:-300 5kyro:-360 5ppxc:-300 5w77o:-360 6165c:-300 67fno:-360 6celc:-300 6io3o:-360 \
    6nn1c:-300 6u4bo:-360 6yvhc:-300 75cro:-360
    America/Metlakatla|AKST9AKDT,M3.2.0,M11.1.0|-480 4yi0o:-540 52luc:-480 59y8o:-540 5duac:-480 \
    5l6oo:-540 5p2qc:-480 5ysoo:-540
    America/Miquelon|<-03>3<-02>,M3.2.0,M11.1.0|-180 2ugc:-120 9bqo:-180 e2wc:-120 kk6o:-180 \
    pj4c:-120 vsmo:-180 10rkc:-120 1712o:-180 1c00c:-120 1ihao:-180 1n8gc:-120 1tpqo:-180 \
    1ygwc:-120 24y6o:-180 2920c:-120
    America/Moncton|AST4ADT,M3.2.0,M11.1.0|-240 2uep:-180 9bp1:-240 e2up:-180 kk51:-240 pj2p:-180 \
    vsl1:-240 10rip:-180 17111:-240 1bzyp:-180 1ih91:-240 1n8ep:-180 1tpp1:-240 1ygup:-180 \
    24y51:-240 29220:-180
    America/Montevideo|<-03>3|-180 1h6l0:-120 1n0mo:-180 1t2gc:-120 1xtio:-180 2434c:-120 \
    291yo:-180 2fjcc:-120 2kaeo:-180 2qrsc:-120 2viuo:-180 3208c:-120 36z2o:-180 3d8oc:-120 \
    3i7io:-180 3oh4c:-120 3tfyo:-180 3zxcc:-120 44oeo:-180 4b5sc:-120 4fwuo:-180 4me8c:-120 \
    4r5ao:-180
    America/Noronha Brazil/DeNoronha|<-02>2|-60 1rdo:-120 8obc:-60 8w1o:-120 k4jc:-60 o0ho:-120
    America/North_Dakota/Beulah|CST6CDT,M3.2.0,M11.1.0|-420 2un0:-360 9bxc:-420 e330:-360 \
    kkdc:-420 pjb0:-360 vstc:-420 10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 \
    1tpxc:-420 1yh30:-360 24ydc:-420 29270:-360 2gelc:-420 2kan0:-360 2rn1c:-420 2vj30:-360 \
    32vhc:-420 36zb0:-360 3i7pc:-300
    America/North_Dakota/New_Salem|CST6CDT,M3.2.0,M11.1.0|-420 2un0:-360 9bxc:-420 e330:-360 \
    kkdc:-420 pjb0:-360 vstc:-420 10rr0:-360 1c05c:-300 1ihfo:-360 1n8lc:-300 1tpvo:-360 \
    1yh1c:-300 24ybo:-360 2925c:-300
    America/Ojinaga|CST6CDT,M3.2.0,M11.1.0|-420 2un0:-360 9bxc:-420 f5z0:-360 jp9c:-420 pjb0:-360 \
    vstc:-420 10rr0:-360 1719c:-420 1c070:-360 1ihhc:-420 1n8n0:-360 1tpxc:-420 1yh30:-360 \
    24ydc:-420 29pj0:-360 2g6tc:-420 2l5r0:-360 2rf9c:-420 2we70:-360 32npc:-420 36zb0:-360 \
    3ebpc:-420 3i7r0:-360 3pk5c:-420 3tg70:-360 40slc:-420 44on0:-360 4c11c:-420 4fx30:-360 \
    4n9hc:-420 4r5j0:-360 4yhxc:-420 52lr0:-360 59y5c:-420 5du70:-360 5l6lc:-420 5p2n0:-360 \
    5wf1c:-420 60b30:-360 67nhc:-420 6bjj0:-360 6ivxc:-420 6mzr0:-360 6uc5c:-420 6y870:-360 \
    79glc:-300
    America/Port-au-Prince|EST5EDT,M3.2.0,M11.1.0|-300 1n8gc:-240 1tpqo:-300 1ygwc:-240 24y6o:-300 \
    3tg3o:-240 40si0:-300 44ojo:-240 4c0y0:-300 4fwzo:-240 4n9e0:-300 4r5fo:-240 4yhu0:-300 \
    5du3o:-240
    America/Punta_Arenas Antarctica/Palmer|<-03>3|-180 2710:-240 8w6o:-180 dfh0:-240 k4mo:-180 \
    onx0:-240 vd2o:-180 zwd0:-240 16lio:-180 1bcl0:-240 1htyo:-180 1ml10:-240 1t2eo:-180 \
    1xth0:-240 24imo:-180 291x0:-240 2fr2o:-180 2kxp0:-240 2qzio:-180 2vql0:-240 327yo:-180 \
    37md0:-240 3dgeo:-180 3jxp0:-240 3n6eo:-180 3uyd0:-240 3yueo:-180 466t0:-240 4aamo:-180 \
    4hf90:-240 4lj2o:-180 54jh0:-240 57cmo:-180
    America/Rainy_River America/Winnipeg Canada/Central|CST6CDT,M3.2.0,M11.1.0|-360 2ulc:-300 \
    9bxc:-360 e31c:-300 kkdc:-360 pj9c:-300 vstc:-360 10rpc:-300 1719c:-360 1c05c:-300 1ihhc:-360 \
    1n8lc:-300 1tpxc:-360 1yh1c:-300 24ybo:-360 2925c:-300
    America/Rankin_Inlet|CST6CDT,M3.2.0,M11.1.0|-360 2ulc:-300 kkbo:-360 pj9c:-300 vsro:-360 \
    10rpc:-300 1717o:-360 1c05c:-300 1ihfo:-360 1n8lc:-300 1tpvo:-360 1yh1c:-300 24ybo:-360 \
    2925c:-300
    America/Recife|<-03>3|-120 1rfc:-180 8od0:-120 8w3c:-180 k4l0:-120 o0jc:-180
    America/Resolute|CST6CDT,M3.2.0,M11.1.0|-360 2ulc:-300 kkbo:-360 pj9c:-300 vsro:-360 \
    10rpc:-300 1717o:-360 1c05c:-300 1ihfo:-360 1n8lc:-300 1tpvo:-360 1yh1c:-300 2gejo:-360
    America/Santarem|<-03>3|-240 2nlao:-180
    America/Santiago Chile/Continental|<-04>4<-03>,M9.1.6/24,M4.1.6/24|-180 2710:-240 8w6o:-180 \
    dfh0:-240 k4mo:-180 onx0:-240 vd2o:-180 zwd0:-240 16lio:-180 1bcl0:-240 1htyo:-180 1ml10:-240 \
    1t2eo:-180 1xth0:-240 24imo:-180 291x0:-240 2fr2o:-180 2kxp0:-240 2qzio:-180 2vql0:-240 \
    327yo:-180 37md0:-240 3dgeo:-180 3jxp0:-240 3n6eo:-180 3uyd0:-240 3yueo:-180 466t0:-240 \
    4aamo:-180 4hf90:-240 4lj2o:-180 54jh0:-240 57cmo:-180 5frx0:-240 5il2o:-180 5r0d0:-240 \
    5ttio:-180 615x0:-240 65x2o:-180 6ced0:-240 6h5io:-180 6nmt0:-240 6sdyo:-180 6yv90:-240 \
    73u6o:-180
    America/Santo_Domingo|AST4|-240 9bu0:-300 aeq0:-240
    America/Sao_Paulo Brazil/East|<-03>3|-120 1rfc:-180 8od0:-120 cs3c:-180 k4l0:-120 o0jc:-180 \
    w0d0:-120 z8zc:-180 16t90:-120 1ahfc:-180 1ijh0:-120 1lxnc:-180 1ta50:-120 1x63c:-180 \
    255x0:-120 28mbc:-180 2fr10:-120 2jmzc:-180 2r790:-120 2uvfc:-180 32fp0:-120 36bnc:-180 \
    3do50:-120 3hk3c:-180 3owl0:-120 3t0bc:-180 40ct0:-120 440zc:-180 4bl90:-120 4f9fc:-180 \
    4mtp0:-120 4qpnc:-180 4y250:-120 51y3c:-180 59al0:-120 5d6jc:-180 5kj10:-120 5oezc:-180 \
    5wet0:-120 5znfc:-180
    America/Scoresbysund|<-02>2<-01>,M3.5.0/-1,M10.5.0/0|-60 2mho:0 9blo:-60 duxo:0 kk1o:-60 \
    pb5o:0 vsho:-60 10jlo:0 170xo:-60 1bs1o:0 1ih5o:-60 1n0ho:0 1tplo:-60 1y8xo:0 24y1o:-60 \
    29hdo:0 2g6ho:-60 2kxlo:0 2rexo:-60 2w61o:0 32ndo:-60 37eho:0 3e3lo:-60 3imxo:0 3pc1o:-60 \
    3tvdo:0 40kho:-60 45blo:0 4bsxo:-60 4gk1o:0 4n1do:-60 4rsho:0 4y9to:-60 530xo:0 59q1o:-60 \
    5e9do:0 5kyho:-60 5phto:0 5w6xo:-60 60y1o:0 67fdo:-60 6c6ho:0 6into:-60 6nexo:0 6u41o:-60 \
    6yndo:0 75cho:-60 79vto:0 7gkxo:-60 7rtdo:-120
    America/St_Johns Canada/Newfoundland|NST3:30NDT,M3.2.0,M11.1.0|-210 2udv:-150 9bo7:-210 \
    e2tv:-150 kk47:-210 pj1v:-150 vsk7:-210 10rhv:-150 17107:-210 1bzxv:-150 1ih87:-210 1n8dv:-150 \
    1tpo7:-210 1ygtv:-150 24y47:-210 291xv:-150 2gec7:-210 2kadv:-150 2rms7:-210 2vitv:-150 \
    32v87:-210 36z1v:-150 3ebg7:-210 3i7hv:-150 3pjzi:-210
    America/Tegucigalpa|CST6|-360 1zju0:-300 22e0c:-360
    Antarctica/Casey|<+08>-8|480 32fa0:660 36oh0:480 3p9i0:660 3svgc:480 59gqo:660 5p1wc:480 \
    5vjdc:660 60i2o:480 66pjo:660 6biqo:480 6i02p:660 6myto:480 6t8ip:660 6y79o:480 74gyp:660 \
    79cio:480
    Antarctica/Davis|<+07>-7|420 32fbo:300 36vdc:420 3p9jo:300 3svlc:420
    Antarctica/DumontDUrville Etc/GMT-10 Pacific/Chuuk Pacific/Port_Moresby Pacific/Truk \
    Pacific/Yap|<+10>-10|
    Antarctica/Macquarie|AEST-10AEDT,M10.1.0,M4.1.0/3|660 2m2o:600 7d6o:660 duio:600 jwao:660 \
    paqo:600 v4qo:660 10j6o:600 16d6o:660 1brmo:600 1hlmo:660 1n02o:600 1su2o:660 1ygao:600 \
    242io:660 29gyo:600 2fiqo:660 2l4yo:600 2qr6o:660 2wdeo:600 31zmo:660 3iuao:600
    Antarctica/Mawson|<+05>-5|360 32fdc:300
    Antarctica/McMurdo Antarctica/South_Pole NZ Pacific/Auckland|NZST-12NZDT,M9.5.0,M4.1.0/3|780 \
    2e7c:720 8fzc:780 dmnc:720 jw7c:780 ov3c:720 v4nc:780 103jc:720 16d3c:780 1bjrc:720 1hljc:780 \
    1ms7c:720 1stzc:780 1y0nc:720 242fc:780 2993c:720 2favc:780
    Antarctica/Syowa Asia/Aden Asia/Bahrain Asia/Kuwait Asia/Qatar Asia/Riyadh Etc/GMT-3|<+03>-3|
    Antarctica/Troll|<+00>0<+02>-2,M3.5.0/1,M10.5.0/3|0 1n0ho:120
    Antarctica/Vostok|<+05>-5|420 7i47o:300
    """
}
