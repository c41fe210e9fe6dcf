// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Profiles in the page: written, planned, applied, seen on the device, and taken back.
class ProfilesRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("PROFILES1", 10);
    private static final String ID = GATEWAY.id().toString();
    private static final String SSID = "Device.WiFi.SSID.1.SSID";
    private static final String PROFILE = """
            name: lantern
            query: "PROFILES1"
            priority: 20
            parameters:
              Device.WiFi.SSID.1.SSID: "Lantern-{serial:last 4}"
            """;

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    private static void enterRoom(Page page) {
        page.getByLabel("Pages")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Profiles"))
                .click();
    }

    private static Locator status(Page page, String words) {
        return page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(words));
    }

    @Test
    void a_profile_is_planned_before_it_is_applied_seen_on_the_device_and_taken_back() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            String before = BED.server().rest().value(ID, SSID);
            enterRoom(page);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New profile"))
                    .first()
                    .click();
            Locator text = page.getByLabel("The profile, as YAML");
            text.fill("name: lantern\nquery: \"\"\nparameter: {}\n");
            button(page, "What would it change?").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Line 3");
            text.fill(PROFILE);
            assertThat(button(page, "Apply")).isDisabled();
            button(page, "What would it change?").click();
            assertThat(page.getByLabel("Differences")).containsText("would change");
            assertThat(page.getByLabel("Differences")).containsText(before);
            button(page, "Apply").click();
            assertThat(status(page, "All of 1 device is done.")).isVisible();
            String wanted = BED.server().rest().value(ID, SSID);
            assertThat(wanted).startsWith("Lantern-");

            page.navigate(BED.origin() + "/devices/" + ID + "?tab=wanted");
            assertThat(status(page, "It is as its profiles want it.")).isVisible();
            assertThat(page.getByLabel("What is wanted")).containsText(wanted);
            page.getByLabel("What is wanted")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("lantern"))
                    .click();
            assertThat(text).hasValue(PROFILE);

            button(page, "Take back…").click();
            button(page, "Take it back").click();
            assertThat(status(page, "All of 1 device is done.")).isVisible();
            assertThat(BED.server().rest().value(ID, SSID)).isEqualTo(before);
            assertThat(BED.server().rest().audited()).containsSubsequence("apply profiles", "undo profile");
            assertThat(BED.complaints())
                    .hasSizeLessThanOrEqualTo(1); // the browser says of an answer 400 that it failed
        }
    }

    @Test
    void the_room_fits_on_a_phone() throws Exception {
        try (BrowserContext phone = BED.window(360, 740, ColorScheme.DARK)) {
            Page page = BED.signedIn(phone);
            enterRoom(page);
            assertThat(page.getByText("There is no profile yet.")
                            .or(page.getByLabel("Profiles", new Page.GetByLabelOptions().setExact(true)))
                            .first())
                    .isVisible();
            assertNoSidewaysScrolling(page);
            page.navigate(BED.origin() + "/profiles/+");
            assertThat(page.getByLabel("The profile, as YAML")).isVisible();
            assertNoSidewaysScrolling(page);
            page.navigate(BED.origin() + "/devices/" + ID + "?tab=wanted");
            assertThat(page.getByRole(AriaRole.TABPANEL)).isVisible();
            assertNoSidewaysScrolling(page);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void what_genieacs_does_is_written_to_files_that_are_planned_and_never_overwritten() throws Exception {
        Path export = Files.createDirectories(BED.folder().resolve("export"));
        Files.writeString(export.resolve("presets.json"), """
                [{"_id": "genie", "weight": 1, "precondition": "DeviceID.SerialNumber LIKE '%PROFILES1%'",
                  "configurations": [{"type": "provision", "name": "wifi", "args": ["\\"Genie\\""]}]}]""");
        Files.writeString(export.resolve("provisions.json"), """
                [{"_id": "wifi", "script": "declare('Device.WiFi.SSID.1.SSID', null, {value: args[0]}); ext('x');"}]""");
        String files = BED.folder().resolve("files").toString();
        RunningServer.Answer said = BED.server().pharos("import", "genieacs", "--from", export.toString(), "-o", files);
        assertThat(said.status()).as("%s", said).isZero();
        assertThat(String.join("\n", said.out()))
                .contains("partly    preset genie", "provision wifi, line 1: it is computed", "2 files");
        assertThat(String.join(
                        "\n",
                        BED.server().pharos("plan", "-f", files + "/genie.yaml").out()))
                .contains("Would change 1 of 1 device", "set Device.WiFi.SSID.1.SSID = Genie");
        RunningServer.Answer again =
                BED.server().pharos("import", "genieacs", "--from", export.toString(), "-o", files);
        assertThat(again.status()).isEqualTo(2);
        assertThat(String.join("\n", again.err())).contains("is there already; nothing was written");
    }
}
