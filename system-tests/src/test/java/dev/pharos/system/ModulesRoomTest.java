// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import dev.pharos.testkit.FileServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

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
}
