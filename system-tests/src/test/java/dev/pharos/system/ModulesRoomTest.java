// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.testkit.FileServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// Software on a device, from its page: a real archive, and a real process that is stopped and started.
class ModulesRoomTest {
    private static final String ID = "proto::host-with-modules-in-the-page";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(SimulatedAgent.of("MODULES1", 19));

    @Test
    void a_module_is_installed_its_unit_stopped_and_started_and_it_is_removed_again() throws Exception {
        Path folder = BED.folder().resolve("host");
        try (FileServer files = FileServer.of(SoftwareModulesTest.archive());
                JavaProgram agent = BED.server()
                        .agent(
                                ID,
                                BED.server().address("ws"),
                                folder.resolve("agent"),
                                "--modules",
                                folder.resolve("modules").toString(),
                                "--modules-user",
                                System.getProperty("user.name"));
                BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            BED.server().rest().awaitStatus(ID, "online");
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + ID);
            assertThat(page.getByText("Nothing is installed.")).isVisible();
            button(page, "Install…").click();
            Locator address = page.getByLabel("Where the device fetches it");
            address.fill("hello.zip");
            assertThat(page.getByText("An address that begins with https://")).isVisible();
            assertThat(button(page, "Install it")).isDisabled();
            address.fill(files.url("hello.zip") + "");
            button(page, "Install it").click();
            Locator units = page.getByLabel("Units of hello");
            assertThat(units).containsText("runs");
            assertThat(page.getByLabel("Modules")).containsText("hello 1.0.0 example.org");
            assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("Installation")))
                    .containsText("done");
            assertThat(new Axe().complaints(page)).isEmpty();
            ConsoleBed.pictures(page, "modules");

            page.setViewportSize(360, 740);
            ConsoleBed.untilNoWiderThanItsWindow(page);
            button(page, "Stop main").click();
            assertThat(units).containsText("stopped");
            button(page, "Start main").click();
            assertThat(units).containsText("runs");
            button(page, "More of hello 1.0.0").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Uninstall…"))
                    .click();
            button(page, "Remove it").click();
            assertThat(page.getByText("Nothing is installed.")).isVisible();
            assertThat(BED.server().rest().value(ID, "Device.SoftwareModules.DeploymentUnitNumberOfEntries"))
                    .isEqualTo("0");
            assertThat(BED.server()
                            .rest()
                            .get("/audit?device=" + ID + "&action=operate")
                            .path("items"))
                    .hasSize(4);
            assertThat(agent.isAlive()).isTrue();
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void over_tr_069_the_same_is_done_by_the_same_words_in_sessions() throws Exception {
        String id = "proto::host-with-modules-and-an-acs";
        Path folder = BED.folder().resolve("box");
        try (FileServer files = FileServer.of(SoftwareModulesTest.archive());
                JavaProgram agent = JavaProgram.start(
                        "dev.pharos.cli.Pharos",
                        Map.of(),
                        List.of(
                                "agent",
                                "--acs",
                                BED.server().address("cwmp"),
                                "--endpoint-id",
                                id,
                                "--data",
                                folder.resolve("agent").toString(),
                                "--modules",
                                folder.resolve("modules").toString(),
                                "--modules-user",
                                System.getProperty("user.name")));
                BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            RestApi rest = BED.server().rest();
            rest.awaitStatus(id, "online");
            await().atMost(Duration.ofMinutes(2))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> rest.value(id, "Device.SoftwareModules.DeploymentUnitNumberOfEntries")
                            .equals("0"));
            RunningServer.Answer installed = BED.server().pharos("modules", "install", id, files.url("hello.zip") + "");
            assertThat(installed.out()).singleElement().asString().contains("Installed", "version 1.0.0");
            RunningServer.Answer again = BED.server().pharos("modules", "install", id, files.url("hello.zip") + "");
            assertThat(again.status()).isEqualTo(1);
            assertThat(again.err())
                    .singleElement()
                    .asString()
                    .contains("7226", "version 1.0.0 of hello is installed", "TR-069 fault 9026");

            RunningServer.Answer absent = BED.server().pharos("modules", "uninstall", id, "other");
            assertThat(absent.err()).singleElement().asString().contains("7016", "no such unit");
            RunningServer.Answer beyond =
                    BED.server().pharos("modules", "install", id, files.url("hello.zip") + "", "Privileged=true");
            assertThat(beyond.err().toString()).contains("TR-069 cannot say Privileged");

            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + id);
            Locator units = page.getByLabel("Units of hello");
            assertThat(page.getByText("As of its last session over TR-069.")).isVisible();
            assertThat(units).containsText("runs");
            button(page, "Stop main").click();
            assertThat(units).containsText("stopped");
            button(page, "Start main").click();
            assertThat(units).containsText("runs");
            button(page, "More of hello 1.0.0").click();
            page.getByRole(AriaRole.MENUITEM, new Page.GetByRoleOptions().setName("Uninstall…"))
                    .click();
            button(page, "Remove it").click();
            assertThat(page.getByText("Nothing is installed.")).isVisible();
            assertThat(rest.get("/audit?device=" + id + "&action=operate").path("items"))
                    .hasSize(7);
            saysWhatItHasToShow(page, id);
            assertThat(agent.isAlive()).isTrue();
            agent.terminate();
            agent.awaitExit(Duration.ofMinutes(1));
            JsonNode waits = rest.post(
                    RestApi.device(id) + "/usp/operate",
                    "{\"command\": \"Device.SoftwareModules.InstallDU()\", \"inputArgs\": {\"URL\": \"http://h/a.zip\"}}");
            assertThat(waits.path("nextSession").path("queued").asBoolean()).isTrue();
            assertThat(waits.path("operationResults").path(0).path("reqObjPath").asString("none"))
                    .isEmpty();
            assertThat(BED.complaints()).isEmpty();
        }
    }

    /// What comes in its name afterwards is refused, so that this is the last that is done with it.
    private static void saysWhatItHasToShow(Page page, String id) throws IOException, InterruptedException {
        assertThat(page.getByText("It has to show nothing, until")).isVisible();
        button(page, "Make a login…").click();
        button(page, "Make it").click();
        assertThat(page.getByText("shown only now")).isVisible();
        button(page, "Done").click();
        assertThat(page.getByText("It has to show its login, or a certificate that names it."))
                .isVisible();
        button(page, "Want another proof…").click();
        page.getByText("Both", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(new Axe().complaints(page)).isEmpty();
        button(page, "From now on").click();
        assertThat(page.getByText("It has to show a certificate that names it, and its login."))
                .isVisible();
        assertThat(BED.server().pharos("proof", id).out())
                .anyMatch(line -> line.contains("a certificate that names it, and its login"));
    }
}
