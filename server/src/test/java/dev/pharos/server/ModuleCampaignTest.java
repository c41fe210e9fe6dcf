// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static dev.pharos.server.CampaignBed.order;
import static dev.pharos.server.CampaignBed.path;
import static dev.pharos.server.CampaignBed.story;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.software.ModuleSigners;
import dev.pharos.device.firmware.ServerTrust;
import dev.pharos.device.modules.ModulesConfig;
import dev.pharos.device.modules.SoftwareModules;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.Validity;
import dev.pharos.server.Rest.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// The catalogue of software modules, and campaigns that bring them to real agents, which run them as processes.
final class ModuleCampaignTest {
    private static final String RUNS = "while true; do sleep 1; done\n";
    private static final String WAVES =
            "\"waves\":[\"1\",\"rest\"],\"soakSeconds\":0,\"approval\":false,\"stopAt\":\"1\"";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static CampaignBed bed;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static Rest ann;

    @BeforeAll
    static void connect() throws IOException, InterruptedException, StartException {
        bed = new CampaignBed(folder, true, 3, "MODULES");
        ann = bed.ann();
    }

    @AfterAll
    static void disconnect() {
        bed.close();
    }

    /// What all agents say that they have of the module.
    private static List<String> installed() {
        return bed.ids().stream()
                .map(id -> {
                    JsonNode objects = ann.post(
                                    "/api/v1/devices/" + Rest.segment(id) + "/usp/get",
                                    "{\"paths\":[\"Device.SoftwareModules.DeploymentUnit.*.Version\"]}")
                            .json()
                            .get("requestedPathResults")
                            .get(0)
                            .get("resolvedPathResults");
                    return objects.isEmpty()
                            ? "none"
                            : objects.get(0).get("resultParams").get("Version").stringValue();
                })
                .toList();
    }

    private static JsonNode ended(String rollout) {
        JsonNode campaign = bed.made("", "\"module\":" + rollout + "," + WAVES);
        order(ann, campaign, "start");
        return bed.stands(campaign, "done", "stopped", "held");
    }

    private static List<String> report(JsonNode campaign) {
        return ann.get(path(campaign) + "/report.csv")
                .response()
                .body()
                .lines()
                .skip(1)
                .toList();
    }

    @Test
    void a_module_goes_to_all_in_waves_a_bad_version_of_it_stops_at_the_first_device_and_all_can_be_taken_back()
            throws Exception {
        long first = ModuleArchives.upload(ann, "1.0.0", RUNS, "&environment=Linux&memory=1");
        long second = ModuleArchives.upload(ann, "1.1.0", RUNS, "&requires=hello%40example.org");
        long bad = ModuleArchives.upload(ann, "1.2.0", "echo no such thing; exit 3\n", "");
        JsonNode done = ended("{\"id\":" + first + "}");
        assertThat(done.get("state").stringValue()).as(done.toString()).isEqualTo("done");
        assertThat(story(done)).endsWith("is done; wave 2: 2 of 2 devices that were there have the module");
        assertThat(installed()).containsOnly("1.0.0");
        assertThat(report(done))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row).contains(",none,done,the device has hello"));

        JsonNode updated = ended("{\"id\":" + second + ",\"action\":\"update\"}");
        assertThat(updated.get("state").stringValue()).as(updated.toString()).isEqualTo("done");
        assertThat(installed()).containsOnly("1.1.0");
        assertThat(ann.send("DELETE", "/api/v1/modules/" + second, null).status())
                .isEqualTo(204);
        second = ModuleArchives.upload(ann, "1.1.0", RUNS, "");

        JsonNode stopped = ended("{\"id\":" + bad + "}");
        assertThat(stopped.get("state").stringValue()).as(stopped.toString()).isEqualTo("stopped");
        assertThat(new TreeSet<>(installed())).containsExactly("1.1.0", "1.2.0");
        assertThat(report(stopped).getFirst())
                .contains(",1.1.0,failed,")
                .contains("hello 1.2.0 is installed, but main does not run: FailureOnAutoStart")
                .contains("no such thing");
        order(ann, stopped, "rollback");
        assertThat(bed.stands(stopped, "rolled-back").get("detail").stringValue())
                .isEqualTo("1 of 1 device have of the module what they had before");
        assertThat(installed()).containsOnly("1.1.0");

        JsonNode removed = ended("{\"id\":" + second + ",\"action\":\"uninstall\"}");
        assertThat(removed.get("state").stringValue()).as(removed.toString()).isEqualTo("done");
        assertThat(installed()).containsOnly("none");
        order(ann, removed, "rollback");
        assertThat(bed.stands(removed, "rolled-back").get("detail").stringValue())
                .startsWith("3 of 3 devices");
        assertThat(installed()).containsOnly("1.1.0");
        assertThat(bed.audit())
                .contains("upload module", "delete module", "install module " + first + " (its data stays) on");
    }

    @Test
    void what_a_device_lacks_is_said_and_nothing_is_begun() throws Exception {
        long module = ModuleArchives.upload(
                ann,
                "9.0.0",
                RUNS,
                "&environment=OCI&architectures=vax&requires=" + Rest.segment("runtime@example.org>=2.1"));
        String device = bed.ids().getFirst().toString();
        long job = ann.post("/api/v1/jobs", "{\"devices\":[\"" + device + "\"],\"module\":{\"id\":" + module + "}}")
                .json()
                .get("id")
                .asLong();
        JsonNode target = new JobsOf(ann).ended(job);
        assertThat(target.get("state").stringValue()).isEqualTo("failed");
        assertThat(target.get("detail").stringValue())
                .contains("no execution environment OCI that is up, but Linux")
                .contains("does not say which architecture it has, and it is for vax")
                .contains("depends on runtime@example.org>=2.1, which is not installed");
        assertThat(ann.send("DELETE", "/api/v1/modules/" + module, null).status())
                .isEqualTo(204);
    }

    @Test
    void the_same_archive_again_is_the_one_that_is_there_and_another_one_is_refused() throws Exception {
        byte[] archive = ModuleArchives.hello("7.0.0", RUNS);
        JsonNode kept = ModuleArchives.send(ann, "7.0.0", archive, "").json();
        assertThat(kept.get("uuid").stringValue()).matches("[0-9a-f-]{14}5[0-9a-f-]{21}");
        assertThat(ModuleArchives.send(ann, "7.0.0", archive, "").json().get("id"))
                .isEqualTo(kept.get("id"));
        assertThat(ModuleArchives.send(ann, "7.0.0", ModuleArchives.hello("7.0.0", "exit 1\n"), "")
                        .status())
                .isEqualTo(409);
        String url = "/api/v1/modules/" + kept.get("id").asLong();
        assertThat(ann.get(url).json()).isEqualTo(kept);
        assertThat(ann.get("/api/v1/firmware/" + kept.get("id").asLong()).status())
                .as("no firmware")
                .isEqualTo(404);
        assertThat(ann.get("/api/v1/firmware").response().body()).doesNotContain("hello");
        assertThat(ann.get("/api/v1/modules").response().body()).contains("7.0.0");
        String link = ann.post(url + "/link?hours=1", "").json().get("url").stringValue();
        assertThat(link).contains("/firmware-files/", "hello-7.0.0.zip?expires=");
        assertThat(status(link)).isEqualTo(200);
        assertThat(status(link.replace(".zip?", ".zip.sig?")))
                .as("nobody has signed it")
                .isEqualTo(404);
        assertThat(status(link.replace(".zip?", ".zip.sig?") + "x"))
                .as("no good link")
                .isEqualTo(403);
        assertThat(ann.post(url + "/link?hours=1000", "").status()).isEqualTo(400);
        assertThat(ann.send("DELETE", url, null).status()).isEqualTo(204);
        assertThat(ann.get(url).status()).isEqualTo(404);
    }

    private static int status(String link) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | &uuid=12345678-1234-1234-1234-123456789012 | UUID of version 5
            400 | &requires=what                             | must be modules such as
            400 | &architectures=a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q | at most 16
            400 | &memory=-1                                 | must be 0 to
            400 | &signature=%25%25                          | must be base64
            400 | &devices=((                                | is no query
            422 | &sha256=0000000000000000000000000000000000000000000000000000000000000000 | The SHA-256 of what came is
            422 | &signature=AAAA                            | no certificates of those who sign
            """)
    void what_a_module_cannot_be_is_refused_and_leaves_nothing(int status, String more, String reason)
            throws Exception {
        Answer answer = ModuleArchives.send(ann, "8.0.0", ModuleArchives.hello("8.0.0", RUNS), more);
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(status);
        assertThat(answer.json().get("detail").stringValue()).contains(reason);
        assertThat(ann.get("/api/v1/modules").response().body()).doesNotContain("8.0.0");
    }

    @Test
    void a_server_that_knows_makers_takes_what_one_of_them_has_signed_and_nothing_else(@TempDir Path own)
            throws Exception {
        Authority maker = Authority.create("Maker", KeyKind.EC, Validity.days(Instant.now(), 10));
        Authority stranger = Authority.create("Stranger", KeyKind.EC, Validity.days(Instant.now(), 10));
        ServerOptions options = TestServer.options(own.resolve("server"));
        options.firmware.moduleSigners = own.resolve("makers.pem");
        PemWriter.certificates(own.resolve("makers.pem"), maker.certificate());
        byte[] archive = ModuleArchives.hello("1.0.0", RUNS);
        Signature signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(maker.key());
        signing.update(archive);
        String signed = "&signature=" + Rest.segment(Base64.getEncoder().encodeToString(signing.sign()));
        try (TestServer server = TestServer.with(options)) {
            Rest rest = server.rest();
            assertThat(ModuleArchives.send(rest, "1.0.0", archive, "")
                            .json()
                            .get("detail")
                            .stringValue())
                    .contains("Modules are signed here");
            assertThat(ModuleArchives.send(rest, "1.0.0", ModuleArchives.hello("1.0.0", "exit 1\n"), signed)
                            .json()
                            .get("detail")
                            .stringValue())
                    .contains("none of this archive by anybody");
            assertThat(rest.get("/api/v1/modules").json().get("items")).isEmpty();
            JsonNode kept = ModuleArchives.send(rest, "1.0.0", archive, signed).json();
            assertThat(kept.get("signer").stringValue()).contains("CN=Maker");
            String link = rest.post("/api/v1/modules/" + kept.get("id").asLong() + "/link", "")
                    .json()
                    .get("url")
                    .stringValue();
            assertThat(installed(own.resolve("careful"), maker, link)).containsEntry("Version", "1.0.0");
            assertThatThrownBy(() -> installed(own.resolve("of-others"), stranger, link))
                    .hasMessageContaining("signature is by nobody");
        }
    }

    /// What a device says that takes from the server what this maker has signed, and nothing else.
    private static Map<String, String> installed(Path place, Authority maker, String link) throws Exception {
        ModulesConfig config = ModulesConfig.of(place, RunAs.self(), ServerTrust.OF_THE_RUNTIME)
                .signedBy(new ModuleSigners(List.of(maker.certificate())));
        try (SoftwareModules modules = SoftwareModules.open(config);
                InstantiatedDataModel model = InstantiatedDataModel.start(modules.elements(), ChangeJournal.none())) {
            return model.operate("Device.SoftwareModules.InstallDU()", Map.of("URL", link));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"id":999999}                    | must be the number of a software module that there is
            {}                               | must be the number of a software module
            {"id":1,"action":"explode"}      | must be install, update or uninstall
            """)
    void a_campaign_without_a_module_that_there_is_is_refused(String module, String reason) {
        Answer answer = ann.post(
                "/api/v1/campaigns", "{\"name\":\"no\",\"query\":\"\",\"module\":" + module + ",\"waves\":[\"rest\"]}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(400);
        assertThat(answer.json().get("detail").stringValue()).contains(reason);
    }
}
