// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cli.terminal.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What the verbs that talk to the server print and how they end, by what the server answers.
class ServerVerbsTest {
    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private final Path data;
    private final Typed typed;

    ServerVerbsTest(@TempDir Path data) {
        this.data = data;
        typed = new Typed(data);
    }

    /// @param line `PROFILE` in it stands for a file that is there
    private int run(String line) throws IOException {
        Path profile = data.resolve("profile.yaml");
        Files.writeString(profile, "name: p");
        return typed.run(line.replace("PROFILE", profile.toString()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            devices | /devices | {"items":[{"id":"proto::x","status":"online"}],"total":1}
            devices --by model | /devices/facets | {"by":"model","devices":1,"having":1,"distinct":1,"values":[{"value":"X","devices":1}],"bars":[]}
            groups pilot | /groups/pilot | {"name":"pilot","query":"tag:pilot","description":"","changed":"2026-01-01T00:00:00Z","changedBy":"me","devices":3}
            groups pilot tag:pilot | /groups/pilot | {"name":"pilot","query":"tag:pilot","description":"","changed":"2026-01-01T00:00:00Z","changedBy":"me","devices":3}
            groups | /groups | {"items":[]}
            kinds | /kinds | {"items":[{"name":"box","because":"seen","origin":"a.yaml:2","match":"oui 00256D","quirks":[{"quirk":"booleans","values":["digits"]}],"names":2}]}
            kinds --read | /kinds/reading | {"items":[]}
            kinds proto::x | /devices/proto::x/kinds | {"kinds":[],"quirks":[{"quirk":"booleans","values":["digits"],"kind":"box","because":"seen","origin":"a.yaml:2"}]}
            jobs | /jobs | {"items":[],"nextCursor":null}
            jobs show 7 | /jobs/7 | {"id":7,"name":"reboot","query":"tag:pilot","steps":["operate Device.Reboot()"],"concurrency":50,"startAt":"2026-01-01T00:00:00Z","deadline":"2026-01-31T00:00:00Z","retries":0,"backoffSeconds":60,"repeatWhenUncertain":false,"state":"done","note":"","created":"2026-01-01T00:00:00Z","createdBy":"me","started":"2026-01-01T00:00:00Z","ended":"2026-01-01T00:01:00Z","progress":{"devices":2,"waiting":0,"offline":0,"running":0,"done":2,"failed":0,"cancelled":0,"uncertain":0}}
            jobs watch 7 | /jobs/7 | {"id":7,"name":"reboot","query":"tag:pilot","steps":["operate Device.Reboot()"],"concurrency":50,"startAt":"2026-01-01T00:00:00Z","deadline":"2026-01-31T00:00:00Z","retries":0,"backoffSeconds":60,"repeatWhenUncertain":false,"state":"done","note":"","created":"2026-01-01T00:00:00Z","createdBy":"me","started":"2026-01-01T00:00:00Z","ended":"2026-01-01T00:01:00Z","progress":{"devices":2,"waiting":0,"offline":0,"running":0,"done":2,"failed":0,"cancelled":0,"uncertain":0}}
            jobs pause 7 | /jobs/7/pause | {"id":7,"name":"reboot","query":"tag:pilot","steps":["operate Device.Reboot()"],"concurrency":50,"startAt":"2026-01-01T00:00:00Z","deadline":"2026-01-31T00:00:00Z","retries":0,"backoffSeconds":60,"repeatWhenUncertain":false,"state":"done","note":"","created":"2026-01-01T00:00:00Z","createdBy":"me","started":"2026-01-01T00:00:00Z","ended":"2026-01-01T00:01:00Z","progress":{"devices":2,"waiting":0,"offline":0,"running":0,"done":2,"failed":0,"cancelled":0,"uncertain":0}}
            jobs create --query tag:pilot operate Device.Reboot() | /jobs | {"id":7,"name":"reboot","query":"tag:pilot","steps":["operate Device.Reboot()"],"concurrency":50,"startAt":"2026-01-01T00:00:00Z","deadline":"2026-01-31T00:00:00Z","retries":0,"backoffSeconds":60,"repeatWhenUncertain":false,"state":"done","note":"","created":"2026-01-01T00:00:00Z","createdBy":"me","started":"2026-01-01T00:00:00Z","ended":"2026-01-01T00:01:00Z","progress":{"devices":2,"waiting":0,"offline":0,"running":0,"done":2,"failed":0,"cancelled":0,"uncertain":0}}
            jobs create --query tag:pilot --preview get Device.A | /jobs/preview | {"devices":2,"online":1,"first":["proto::x"],"steps":["get Device.A"],"detail":"It would concern 2 devices, of which 1 are online now."}
            plan -f PROFILE | /profiles/plan | {"detail":"Would change 1 of 1 devices.","nothing":false,"devices":1,"change":1,"unknown":0,"stuck":0,"same":0,"groups":[],"moreGroups":0}
            apply -f PROFILE --yes | /profiles/apply | {"items":[{"profile":"p","version":1,"job":7}]}
            apply --undo p --yes | /profiles/undo | {"items":[{"profile":"p","version":0,"job":8}]}
            jobs results 7 | /jobs/7/targets | {"items":[{"device":"proto::x","state":"failed","detail":"no","step":0,"tries":1,"changed":"2026-01-01T00:00:00Z","results":[]}]}
            users | /users | {"items":[{"name":"anna","role":"support","mustChangePassword":true,"disabled":false,"created":"2026-01-01T00:00:00Z","createdBy":"admin"}]}
            users anna | /users/anna | {"name":"anna","role":"support","mustChangePassword":true,"disabled":false,"passkeys":2,"created":"2026-01-01T00:00:00Z","createdBy":"admin"}
            users anna --lost-device | /users/anna/passkeys | {"name":"anna","passkeys":0}
            users anna --role engineer | /users | {"name":"anna","role":"support","mustChangePassword":true,"disabled":false,"created":"2026-01-01T00:00:00Z","createdBy":"admin"}
            users eve --role viewer --provider partner --subject e-1 | /users | {"name":"eve","role":"viewer","mustChangePassword":false,"disabled":false,"provider":"https://login.partner.example","awaited":true,"roleFromProvider":false,"passkeys":0,"created":"2026-01-01T00:00:00Z","createdBy":"admin"}
            users anna --role engineer --only tag:x --changes Device.WiFi. | /users | {"name":"anna","role":"support","scope":"tag:x","changes":["Device.WiFi."],"mustChangePassword":true,"disabled":false,"created":"2026-01-01T00:00:00Z","createdBy":"admin"}
            users anna --reset | /users/anna/password | {"name":"anna","role":"support","mustChangePassword":true,"disabled":false,"created":"2026-01-01T00:00:00Z","createdBy":"admin"}
            tenants | /tenants | {"items":[{"name":"brand","state":"active","devices":1204,"people":2,"created":"2026-01-01T00:00:00Z","createdBy":"anna"}]}
            tenants brand --make bea | /tenants | {"tenant":{"name":"brand","state":"active","devices":1204,"people":2,"created":"2026-01-01T00:00:00Z","createdBy":"anna"},"administrator":"bea","password":"once"}
            tenants brand --suspend | /tenants/brand | {"name":"brand","state":"suspended","devices":1204,"people":2,"created":"2026-01-01T00:00:00Z","createdBy":"anna"}
            tenants brand --resume | /tenants/brand | {"name":"brand","state":"active","devices":1204,"people":2,"created":"2026-01-01T00:00:00Z","createdBy":"anna"}
            tokens | /tokens | {"items":[{"id":"t1","name":"grafana","role":"viewer","created":"2026-01-01T00:00:00Z","createdBy":"admin","token":"pharos_x"}]}
            tokens --make grafana --role viewer | /tokens | {"id":"t1","name":"grafana","role":"viewer","created":"2026-01-01T00:00:00Z","createdBy":"admin","token":"pharos_x"}
            audit --user anna --text SSID | /audit | {"items":[{"seq":1,"time":"2026-01-01T00:00:00Z","user":"anna","action":"set","device":"proto::x","detail":"SSID","hash":"00"}],"nextCursor":null}
            alarms | /alarms | {"items":[{"id":7,"rule":"away","severity":"major","device":"proto::x","state":"assigned","text":"online:false for 15 min","raised":"2026-01-01T00:00:00Z","assignee":"anna","notes":[{"time":"2026-01-01T00:00:00Z","by":"anna","text":"seen"}]}]}
            alarms --all --device proto::x --severity major | /alarms | {"items":[]}
            alarms show 7 | /alarms/7 | {"id":7,"rule":"away","severity":"major","device":"proto::x","state":"assigned","text":"online:false for 15 min","raised":"2026-01-01T00:00:00Z","assignee":"anna","notes":[{"time":"2026-01-01T00:00:00Z","by":"anna","text":"seen"}]}
            alarms assign 7 anna | /alarms/7/assign | {"id":7,"rule":"away","severity":"major","device":"proto::x","state":"assigned","text":"online:false for 15 min","raised":"2026-01-01T00:00:00Z","assignee":"anna","notes":[{"time":"2026-01-01T00:00:00Z","by":"anna","text":"seen"}]}
            alarms mute 7 2h | /alarms/7/mute | {"id":7,"rule":"away","severity":"major","device":"proto::x","state":"assigned","text":"online:false for 15 min","raised":"2026-01-01T00:00:00Z","assignee":"anna","notes":[{"time":"2026-01-01T00:00:00Z","by":"anna","text":"seen"}]}
            alarms note 7 seen | /alarms/7/note | {"id":7,"rule":"away","severity":"major","device":"proto::x","state":"assigned","text":"online:false for 15 min","raised":"2026-01-01T00:00:00Z","assignee":"anna","notes":[{"time":"2026-01-01T00:00:00Z","by":"anna","text":"seen"}]}
            alarms rules | /alarm-rules | {"items":[{"name":"away","severity":"major","query":"","when":"online:false","forSeconds":900,"text":"online:false for 15 min","note":"","open":1,"changed":"2026-01-01T00:00:00Z","changedBy":"me"}]}
            alarms rule away | /alarm-rules/away | {"name":"away","severity":"major","query":"","when":"online:false","forSeconds":900,"text":"online:false for 15 min","note":"","open":1,"changed":"2026-01-01T00:00:00Z","changedBy":"me"}
            alarms rule away --severity major --when online:false --for 15m | /alarm-rules/away | {"name":"away","severity":"major","query":"","when":"online:false","forSeconds":900,"text":"online:false for 15 min","note":"","open":1,"changed":"2026-01-01T00:00:00Z","changedBy":"me"}
            alarms rule away --severity major --events 5 --kind Event,online --within 2h --percent 30 | /alarm-rules/away | {"name":"away","severity":"major","query":"","when":"online:false","forSeconds":900,"text":"online:false for 15 min","note":"","open":1,"changed":"2026-01-01T00:00:00Z","changedBy":"me"}
            modules catalogue | /modules | {"items":[{"id":7,"name":"hello","vendor":"example.org","version":"1.0.0","uuid":"u","fileName":"hello.zip","size":7,"sha256":"00","signer":"CN=Maker","devices":"tag:pilot","environment":"Linux","architectures":["arm"],"memory":1,"disk":2,"requires":["a@b.c>=2"],"note":"n","uploaded":"2026-01-01T00:00:00Z","uploadedBy":"me"}]}
            modules catalogue | /modules | {"items":[]}
            modules show 7 | /modules/7 | {"id":7,"name":"hello","vendor":"example.org","version":"1.0.0","uuid":"u","fileName":"hello.zip","size":7,"sha256":"00","signer":"CN=Maker","devices":"tag:pilot","environment":"Linux","architectures":["arm"],"memory":1,"disk":2,"requires":["a@b.c>=2"],"note":"n","uploaded":"2026-01-01T00:00:00Z","uploadedBy":"me"}
            modules upload pom.xml --name hello --vendor example.org --version 1.0.0 --for tag:pilot --architecture arm --memory 1 --requires a@b.c>=2 | /modules | {"id":7,"name":"hello","vendor":"example.org","version":"1.0.0","uuid":"u","fileName":"hello.zip","size":7,"sha256":"00","signer":"CN=Maker","devices":"tag:pilot","environment":"Linux","architectures":["arm"],"memory":1,"disk":2,"requires":["a@b.c>=2"],"note":"n","uploaded":"2026-01-01T00:00:00Z","uploadedBy":"me"}
            webhooks | /webhooks | {"items":[{"name":"tickets","url":"https://t.example/","kinds":["job"],"query":"","path":"","insecure":false,"state":"failing","note":"","waiting":3,"dead":1,"replaying":false,"lastError":"it answered 500","created":"2026-01-01T00:00:00Z","createdBy":"me"}]}
            webhooks list | /webhooks | {"items":[]}
            webhooks add tickets https://t.example/ --kind job,Event --path Device. | /webhooks | {"webhook":{"name":"tickets","url":"https://t.example/","kinds":["job"],"query":"","path":"","insecure":false,"state":"failing","note":"","waiting":3,"dead":1,"replaying":false,"lastError":"it answered 500","created":"2026-01-01T00:00:00Z","createdBy":"me"},"secret":"whsec_eA=="}
            webhooks show tickets | /webhooks/tickets | {"name":"tickets","url":"https://t.example/","kinds":["job"],"query":"","path":"","insecure":false,"state":"failing","note":"","waiting":3,"dead":1,"replaying":false,"lastError":"it answered 500","created":"2026-01-01T00:00:00Z","createdBy":"me"}
            webhooks test tickets | /webhooks/tickets/test | {"delivered":true,"status":204,"answer":"","millis":7}
            webhooks deliveries tickets --state dead | /webhooks/tickets/deliveries | {"items":[{"id":"d-1","seq":7,"eventTime":"2026-01-01T00:00:00Z","state":"dead","tries":9,"expires":"2026-01-02T00:00:00Z","status":500,"answer":"no","body":"{}"}]}
            webhooks replay tickets --from 2h --to 30m | /webhooks/tickets/replay | {"queued":12}
            webhooks resume tickets --skip | /webhooks/tickets/resume | {"name":"tickets","url":"https://t.example/","kinds":["job"],"query":"","path":"","insecure":false,"state":"failing","note":"","waiting":3,"dead":1,"replaying":false,"lastError":"it answered 500","created":"2026-01-01T00:00:00Z","createdBy":"me"}
            webhooks rotate tickets | /webhooks/tickets/rotate | {"webhook":{"name":"tickets","url":"https://t.example/","kinds":["job"],"query":"","path":"","insecure":false,"state":"failing","note":"","waiting":3,"dead":1,"replaying":false,"lastError":"it answered 500","created":"2026-01-01T00:00:00Z","createdBy":"me"},"secret":"whsec_eA=="}
            firmware | /firmware | {"items":[{"id":3,"name":"x","version":"2","fileName":"x.img","size":7,"sha256":"00","devices":"","note":"","uploaded":"2026-01-01T00:00:00Z","uploadedBy":"me"}]}
            firmware list | /firmware | {"items":[]}
            firmware show 3 | /firmware/3 | {"id":3,"name":"x","version":"2","fileName":"x.img","size":7,"sha256":"00","devices":"","note":"","uploaded":"2026-01-01T00:00:00Z","uploadedBy":"me"}
            jobs create --query tag:pilot firmware 3 | /jobs | {"id":7,"name":"firmware image 3","query":"tag:pilot","steps":["firmware image 3"],"state":"waiting"}
            firmware upload pom.xml --version 2 | /firmware | {"id":3,"name":"pom","version":"2","fileName":"pom.xml","size":7,"sha256":"00","devices":"","note":"","uploaded":"2026-01-01T00:00:00Z","uploadedBy":"me"}
            proof proto::x | /cwmp-proof | {"wanted":"certificate","login":"00256D-1"}
            proof proto::x --want both | /cwmp-proof | {"wanted":"both"}
            proof proto::x --login | /cwmp-login | {"path":"/cwmp","username":"00256D-1","password":"secret"}
            migrate | /migrations | {"states":{"eligible":1,"done":2}}
            migrate proto::x --to mqtt --settle 5 | /migration | {"device":"proto::x","state":"eligible","ended":false,"to":"ws://h:1/usp","keepCwmp":false,"settle":60,"by":"me","steps":[{"state":"eligible","time":"2026-01-01T00:00:00Z","text":"why"}]}
            migrate proto::x --back --wait | /migration | {"device":"proto::x","state":"returned","ended":true,"to":"ws://h:1/usp","keepCwmp":false,"settle":60,"by":"me","steps":[{"state":"returned","time":"2026-01-01T00:00:00Z","text":"why"}]}
            migrate proto::x --show | /migration | {"device":"proto::x","state":"failed","ended":true,"to":"ws://h:1/usp","keepCwmp":false,"settle":60,"by":"me","steps":[{"state":"failed","time":"2026-01-01T00:00:00Z","text":"why"}]}
            get proto::x Device.A | /usp/get | {"requestedPathResults":[{"requestedPath":"Device.A","errCode":0,"resolvedPathResults":[{"resolvedPath":"Device.","resultParams":{"A":"1\\n2"}}]}]}
            set proto::x Device.A=1 | /usp/set | {"updatedObjectResults":[{"requestedPath":"Device.","operStatus":{"operSuccess":{"updatedInstanceResults":[{"affectedPath":"Device.","updatedParams":{"A":"1"}}]}}}]}
            add proto::x Device.T. A=1 | /usp/add | {"createdObjectResults":[{"requestedPath":"Device.T.","operStatus":{"operSuccess":{"instantiatedPath":"Device.T.1.","uniqueKeys":{"A":"1"}}}}]}
            delete proto::x Device.T.1. | /usp/delete | {"deletedObjectResults":[{"requestedPath":"Device.T.1.","operStatus":{"operSuccess":{"affectedPaths":["Device.T.1."]}}}]}
            operate proto::x Device.Go() | /usp/operate | {"operationResults":[{"executedCommand":"Device.Go()","reqOutputArgs":{"outputArgs":{"A":"1"}}}]}
            instances proto::x Device.T. | /usp/instances | {"requestedPathResults":[{"requestedPath":"Device.T.","errCode":0,"currInsts":[{"instantiatedObjPath":"Device.T.1.","uniqueKeys":{"A":"1"}}]}]}
            subscriptions proto::x | /subscriptions | {"items":[{"id":"pharos-boot","notifType":"Event","referenceList":"Device.Boot!","enabled":true,"wanted":true,"present":true,"persistent":true,"path":"Device.LocalAgent.Subscription.1.","told":"","refusal":""},{"id":"","notifType":"ValueChange","referenceList":"Device.A.*.B, Device.C","enabled":false,"wanted":false,"present":true,"persistent":true,"path":"","told":"not","refusal":""}]}
            schema proto::x Device. | /usp/schema | {"requestedObjectResults":[{"reqObjPath":"Device.","errCode":0,"supportedObjs":[{"supportedObjPath":"Device.","supportedParams":[{"paramName":"A"}]}]}]}
            protocols proto::x | /usp/protocols | {"agentSupportedProtocolVersions":"1.3,1.4"}
            """)
    void json_is_one_document_and_nothing_else_on_standard_output(String line, String path, String answer)
            throws IOException {
        try (ServerStub server = new ServerStub(data).answers(path, 200, JSON, answer)) {
            assertThat(server).isNotNull();
            assertThat(run(line + " --json")).as(typed.err()).isZero();
        }
        JsonNode printed = STRICT.readTree(typed.out());
        assertThat(printed.properties()).containsAll(STRICT.readTree(answer).properties());
        assertThat(typed.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            get proto::x Device.B | /usp/get | {"requestedPathResults":[{"requestedPath":"Device.B","errCode":7026,"errMsg":"no","resolvedPathResults":[]}]}
            operate proto::x Device.Go() | /usp/operate | {"operationResults":[{"executedCommand":"Device.Go()","cmdFailure":{"errCode":7026,"errMsg":"no"}}]}
            instances proto::x Device.B. | /usp/instances | {"requestedPathResults":[{"requestedPath":"Device.B.","errCode":7026,"errMsg":"no","currInsts":[]}]}
            """)
    void json_of_an_answer_with_a_fault_is_one_document_too_and_the_status_is_1(String line, String path, String answer)
            throws IOException {
        try (ServerStub server = new ServerStub(data).answers(path, 200, JSON, answer)) {
            assertThat(server).isNotNull();
            assertThat(run(line + " --json")).isEqualTo(ExitStatus.DENIED);
        }
        assertThat(STRICT.readTree(typed.out())).isEqualTo(STRICT.readTree(answer));
        assertThat(typed.err()).contains("7026");
    }

    @ParameterizedTest
    @CsvSource({
        "migrate proto::x --wait, done, 0",
        "migrate proto::x --wait, failed, 1",
        "migrate proto::x --wait, returned, 1",
        "migrate proto::x --back --wait, returned, 0",
        "migrate proto::x --back --wait, failed, 1",
        "migrate proto::x --show --wait, failed, 0"
    })
    void a_move_ends_with_whether_the_device_is_where_it_was_wanted(String line, String state, int status)
            throws IOException {
        String answer = "{\"state\":\"" + state + "\",\"ended\":true,\"steps\":[{\"state\":\"" + state
                + "\",\"time\":\"2026-01-01T00:00:00Z\",\"text\":\"that is why\"}]}";
        try (ServerStub server = new ServerStub(data).answers("/migration", 200, JSON, answer)) {
            assertThat(server).isNotNull();
            assertThat(run(line)).isEqualTo(status);
        }
        assertThat(typed.out()).contains(state, "that is why");
        assertThat(typed.err()).isEqualTo(status == 0 ? "" : "pharos: proto::x is " + state + ": that is why\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "migrate --wait",
                "migrate --back",
                "migrate proto::x --back --to ws",
                "migrate proto::x --show --back",
                "migrate proto::x --settle soon"
            })
    void a_move_that_is_not_asked_for_as_it_should_be_is_wrong_usage(String line) throws IOException {
        assertThat(run(line)).isEqualTo(ExitStatus.USAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "webhooks add tickets",
                "webhooks replay tickets",
                "webhooks replay tickets --dead --from 2h",
                "webhooks replay tickets --to 2h",
                "webhooks replay tickets --from yesterday",
                "webhooks mend tickets",
                "alarms rule away --delete --severity minor",
                "alarms rule away --when online:false --for long",
                "alarms show seven",
                "alarms mute 7"
            })
    void a_webhook_or_alarm_that_is_not_asked_for_as_it_should_be_is_wrong_usage(String line) throws IOException {
        assertThat(run(line)).isEqualTo(ExitStatus.USAGE);
    }

    @Test
    void tenants_are_listed_made_given_devices_and_removed() throws IOException {
        String brand = "{\"name\":\"brand\",\"state\":\"active\",\"devices\":1204,\"people\":2}";
        try (ServerStub server = new ServerStub(data)
                .answers("/tenants", 200, JSON, "{\"items\":[" + brand + "],\"password\":\"once\"}")
                .answers("/tenants/brand", 204, JSON, "")
                .answers("/tenants/brand/devices/proto::x", 204, JSON, "")) {
            assertThat(run("tenants")).as(typed.err()).isZero();
            assertThat(typed.out()).containsPattern("brand +active +1,204 devices, 2 people");
            assertThat(run("tenants brand")).as(typed.err()).isZero();
            assertThat(typed.out()).contains("1,204 devices");
            assertThat(run("tenants brand --make bea")).as(typed.err()).isZero();
            assertThat(typed.out()).contains("made brand; bea signs in to it with the password once");
            assertThat(run("tenants brand --device proto::x --json"))
                    .as(typed.err())
                    .isZero();
            assertThat(typed.out().lines().toList().getLast())
                    .isEqualTo("{\"device\":\"proto::x\",\"tenant\":\"brand\"}");
            assertThat(run("tenants brand --delete brand")).as(typed.err()).isZero();
            assertThat(typed.out()).contains("deleted brand");
            assertThat(server.requests())
                    .contains(
                            "POST /api/v1/tenants {\"name\":\"brand\",\"administrator\":\"bea\"}",
                            "PUT /api/v1/tenants/brand/devices/proto::x {}",
                            "DELETE /api/v1/tenants/brand ");
            assertThat(run("tenants nobody")).isEqualTo(ExitStatus.DENIED);
            assertThat(typed.err()).contains("there is no tenant nobody");
        }
    }

    @Test
    void a_test_of_a_webhook_that_was_not_taken_ends_with_1() throws IOException {
        String answer = "{\"delivered\":false,\"answer\":\"nobody listens there\",\"millis\":3}";
        try (ServerStub server = new ServerStub(data).answers("/webhooks/tickets/test", 200, JSON, answer)) {
            assertThat(server).isNotNull();
            assertThat(run("webhooks test tickets")).isEqualTo(ExitStatus.DENIED);
        }
        assertThat(typed.out()).contains("not delivered after 3 ms: nobody listens there");
    }

    @Test
    void a_backup_that_broke_off_leaves_no_file_and_one_that_is_there_is_not_overwritten() throws IOException {
        Path file = data.resolve("kept.zip");
        try (ServerStub server = new ServerStub(data).answers("/backup", 200, "application/zip", "half of a ZIP")) {
            assertThat(server).isNotNull();
            assertThat(run("backup " + file)).isEqualTo(ExitStatus.DENIED);
            assertThat(typed.err()).contains("no backup was made", "broke off");
            assertThat(file).doesNotExist();
            Files.writeString(file, "the one before");
            assertThat(run("backup " + file)).isEqualTo(ExitStatus.USAGE);
            assertThat(typed.err()).contains("--force");
            assertThat(run("backup " + file + " --force")).isEqualTo(ExitStatus.DENIED);
            assertThat(file).hasContent("the one before");
            assertThat(data.resolve("kept.zip.part")).doesNotExist();
        }
    }

    @Test
    void audit_verify_believes_what_it_computes_and_not_what_it_is_told() throws IOException {
        String entry =
                "{\"items\":[{\"seq\":1,\"time\":\"2026-01-31T01:02:03.456789Z\",\"user\":\"anna\",\"action\":\"set\","
                        + "\"device\":\"os::0200F0-1\",\"detail\":\"Device.WiFi.SSID.1.SSID\",\"hash\":"
                        + "\"5c85dc6d6e7dfd503e0b579a6ccfeecf8b6baa0ac22cab13692c2d77b0824a3a\"}],\"nextCursor\":null}";
        try (ServerStub server = new ServerStub(data).answers("/audit", 200, JSON, entry)) {
            assertThat(server).isNotNull();
            assertThat(run("audit verify")).as(typed.err()).isZero();
            assertThat(typed.out()).contains("intact", "1 entries", "head 1:5c85dc6d");
        }
        try (ServerStub server = new ServerStub(data).answers("/audit", 200, JSON, entry.replace("anna", "bert"))) {
            assertThat(server).isNotNull();
            assertThat(run("audit verify --json")).isEqualTo(ExitStatus.DENIED);
            assertThat(typed.out()).contains("\"intact\":false", "is not as it was written");
        }
    }

    @Test
    void json_of_a_stream_is_one_document_a_line() throws IOException {
        String stream = """
                event: hello
                data: {}

                event: event
                data: {"time":"2026-01-01T00:00:00Z","kind":"online","device":"proto::x","text":"two\\nlines"}

                event: event
                data: {"time":"2026-01-01T00:00:01Z","kind":"offline","device":"proto::x","text":"b"}

                """;
        try (ServerStub server = new ServerStub(data).answers("/events/stream", 200, "text/event-stream", stream)) {
            assertThat(server).isNotNull();
            assertThat(run("watch --json --count 2")).as(typed.err()).isZero();
        }
        List<String> lines = typed.out().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(STRICT.readTree(lines.get(0)).path("text").asString("")).isEqualTo("two\nlines");
        assertThat(STRICT.readTree(lines.get(1)).path("kind").asString("")).isEqualTo("offline");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "devices",
                "groups",
                "jobs",
                "jobs show 7",
                "jobs watch 7",
                "jobs cancel 7",
                "jobs results 7",
                "jobs create --query x get Device.A",
                "plan -f PROFILE",
                "apply -f PROFILE --yes",
                "apply --undo p --yes",
                "firmware",
                "firmware show 3",
                "firmware delete 3",
                "firmware upgrade proto::x 3",
                "firmware upload pom.xml --version 2",
                "modules catalogue",
                "modules show 7",
                "modules delete 7",
                "modules install proto::x 7",
                "modules upload pom.xml --name hello --vendor example.org --version 1",
                "get proto::x Device.A",
                "set proto::x Device.A=1",
                "add proto::x Device.T.",
                "delete proto::x Device.T.1.",
                "operate proto::x Device.Go()",
                "instances proto::x Device.",
                "schema proto::x Device.",
                "protocols proto::x",
                "migrate",
                "migrate proto::x",
                "migrate proto::x --back --wait",
                "alarms",
                "alarms clear 7",
                "webhooks",
                "webhooks remove tickets",
                "watch"
            })
    void a_server_that_is_not_there_ends_every_verb_with_3(String line) throws IOException {
        assertThat(run(line)).as("no server was ever started").isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(typed.err()).contains("no server has been started");
        new ServerStub(data).close();
        assertThat(run(line + " --json")).as("it has ended").isEqualTo(ExitStatus.UNREACHABLE);
        assertThat(typed.err()).contains("cannot be reached");
        assertThat(typed.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"409, the device is offline", "504, no answer came within 30000 ms"})
    void a_device_that_is_away_or_does_not_answer_ends_with_3(int status, String detail) throws IOException {
        try (ServerStub server =
                new ServerStub(data).answers("/usp/get", status, PROBLEM, "{\"detail\":\"" + detail + "\"}")) {
            assertThat(server).isNotNull();
            assertThat(run("get proto::x Device.A --json")).isEqualTo(ExitStatus.UNREACHABLE);
        }
        assertThat(typed.err()).isEqualTo("pharos: " + detail + System.lineSeparator());
        assertThat(typed.out()).isEmpty();
    }

    @Test
    void what_the_server_does_not_do_with_a_group_ends_with_1() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(
                    "/groups/pilot", 409, "application/problem+json", "{\"detail\":\"Other groups are made of it.\"}");
            assertThat(run("groups pilot --delete")).isEqualTo(ExitStatus.DENIED);
        }
        assertThat(typed.err()).contains("Other groups are made of it.");
    }

    private static String job(String state, int done, int failed, boolean ended) {
        return "{\"id\":7,\"name\":\"n\",\"query\":\"\",\"steps\":[\"get A\"],\"state\":\"" + state
                + "\",\"note\":\"\",\"started\":\"2026-01-01T00:00:00Z\""
                + (ended ? ",\"ended\":\"2026-01-01T00:01:00Z\"" : "")
                + ",\"progress\":{\"devices\":" + (done + failed) + ",\"done\":" + done + ",\"failed\":" + failed
                + "}}";
    }

    @Test
    void a_job_is_watched_to_its_end_and_ends_with_1_where_a_device_failed() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers("/jobs/7", 200, JSON, job("done", 3, 0, true));
            assertThat(run("jobs watch 7")).as(typed.err()).isZero();
            assertThat(typed.out()).isEqualTo("3 of 3 done" + System.lineSeparator());
            server.answers("/jobs/7", 200, JSON, job("done", 2, 1, true));
            assertThat(run("jobs watch 7")).isEqualTo(ExitStatus.DENIED);
        }
        assertThat(typed.err()).contains("2 of 3 done, 1 failed; see pharos jobs results 7");
    }

    @Test
    void a_job_is_shown_with_its_bar_and_its_results_with_what_failed() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers("/jobs/7", 200, JSON, job("running", 1, 1, false));
            assertThat(run("jobs show 7")).isZero();
            server.answers("/jobs", 200, JSON, "{\"items\":[" + job("running", 1, 1, false) + "]}");
            assertThat(run("jobs")).isZero();
            server.answers("/jobs/7/results.csv", 200, "text/csv", "device,state\r\nproto::x,done\r\n");
            assertThat(run("jobs results 7 --csv")).isZero();
            server.answers(
                    "/jobs/7/targets",
                    200,
                    JSON,
                    "{\"items\":[{\"device\":\"proto::x\",\"state\":\"failed\",\"detail\":\"7026 no\",\"results\":[{\"path\":"
                            + "\"Device.A\",\"value\":\"1\\u001b\"},{\"path\":\"Device.B\",\"errCode\":7026,\"errMsg\":\"no\"}]}]}");
            assertThat(run("jobs results 7")).isZero();
        }
        assertThat(typed.out())
                .contains(
                        "[==============================] 1 of 2 done, 1 failed",
                        "    7  running    n  (1 of 2 done, 1 failed)",
                        "device,state\r\nproto::x,done\r\n",
                        "proto::x  failed  7026 no",
                        "    Device.A = 1\uFFFD",
                        "    Device.B  7026 no");
    }

    @Test
    void a_plan_is_shown_with_what_differs_and_ends_with_1_where_profiles_contradict_each_other() throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(
                    "/profiles/plan",
                    200,
                    JSON,
                    "{\"detail\":\"Would change 1,204 of 3,000 devices.\",\"moreGroups\":0,\"groups\":[{\"state\":\"differs\","
                            + "\"place\":\"Device.R.*.C\",\"profile\":\"p\",\"wanted\":\"11\",\"why\":\"wanted by p (priority"
                            + " 0)\",\"devices\":1204,\"places\":2000,\"before\":[{\"value\":\"6\",\"places\":1500}],\"otherBefores\":"
                            + "500,\"examples\":[{\"device\":\"proto::x\",\"path\":\"Device.R.1.C\",\"before\":\"6\",\"after\":\"11\"}]}]}");
            assertThat(run("plan -f PROFILE")).isZero();
            assertThat(typed.out())
                    .contains(
                            "Would change 1,204 of 3,000 devices.",
                            "1,204 devices  set Device.R.*.C = 11  (2,000 rows)",
                            "now \"6\" (1,500), others (500)",
                            "proto::x  Device.R.1.C  6 → 11");
            server.answers(
                    "/profiles/plan",
                    200,
                    JSON,
                    "{\"detail\":\"d\",\"groups\":[{\"state\":\"contradiction\",\"place\":\"Device.A\",\"devices\":1}]}");
            assertThat(run("plan -f PROFILE")).isEqualTo(ExitStatus.DENIED);
            assertThat(run("apply -f PROFILE --yes")).isEqualTo(ExitStatus.DENIED);
        }
        assertThat(typed.out()).contains("1 device  CONTRADICTION at Device.A");
        assertThat(typed.err()).contains("contradict each other");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan                              | -f
            plan -f /nowhere/at/all           | there is no such file
            apply                             | -f FILE, or --undo NAME
            apply -f PROFILE --undo p --yes   | -f FILE, or --undo NAME
            apply -f PROFILE                  | say --yes
            apply --undo p                    | say --yes
            apply -f PROFILE --json           | say --yes
            """)
    void a_profile_that_cannot_be_meant_is_wrong_usage(String line, String why) throws IOException {
        new ServerStub(data).close();
        assertThat(run(line)).isEqualTo(ExitStatus.USAGE);
        assertThat(typed.err()).contains(why);
    }

    @Test
    void a_server_that_does_not_answer_in_time_ends_with_3() throws IOException {
        try (ServerStub server = new ServerStub(data).answers("/usp/get", 0, JSON, "")) {
            assertThat(server).isNotNull();
            assertThat(run("get proto::x Device.A --timeout 1")).isEqualTo(ExitStatus.UNREACHABLE);
        }
        assertThat(typed.err()).contains("did not answer in 1 s");
    }

    @Test
    void a_stream_that_the_server_ends_ends_with_3() throws IOException {
        try (ServerStub server = new ServerStub(data).answers("/events/stream", 200, "text/event-stream", "")) {
            assertThat(server).isNotNull();
            assertThat(run("watch")).isEqualTo(ExitStatus.UNREACHABLE);
        }
        assertThat(typed.err()).contains("ended the stream");
    }

    @Test
    void a_refusal_ends_with_1_and_says_the_usp_error() throws IOException {
        try (ServerStub server = new ServerStub(data)
                .answers("/usp/set", 422, PROBLEM, "{\"errCode\":7012,\"errMsg\":\"wrong type\",\"detail\":\"x\"}")) {
            assertThat(server).isNotNull();
            assertThat(run("set proto::x Device.A=1")).isEqualTo(ExitStatus.DENIED);
        }
        assertThat(typed.err()).isEqualTo("7012 wrong type" + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            groups                    | /groups          | {"items":[]}   | application/json
            jobs pause 7              | /jobs/7/pause    | {}             | application/json
            jobs results 7 --csv      | /results.csv     | device,state   | text/csv
            """)
    void what_is_refused_for_haste_is_asked_again_when_the_server_says(
            String line, String path, String body, String type) throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.answers(path, 200, type, body);
            server.refusesNext("1", "0");
            assertThat(run(line)).as(typed.err()).isZero();
            assertThat(server.requests())
                    .hasSize(3)
                    .containsOnly(server.requests().getFirst());
        }
        assertThat(typed.err()).isEqualToNormalizingNewlines("""
                        pharos: the server is asked too often; waiting 1 s, as it says
                        pharos: the server is asked too often; waiting 1 s, as it says
                        """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"61", "tomorrow", ""})
    void nobody_waits_longer_than_a_minute_nor_for_what_is_no_time(String wait) throws IOException {
        try (ServerStub server = new ServerStub(data)) {
            server.refusesNext(wait);
            assertThat(run("groups")).isEqualTo(ExitStatus.DENIED);
            assertThat(server.requests()).hasSize(1);
        }
        assertThat(typed.err()).contains("You send too many requests.");
    }
}
