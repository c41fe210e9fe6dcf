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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a device reports by itself, and what is behind it, in the page.
class ReportsRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("REPORTS1", 23);
    private static final String NAME = "Device.DeviceInfo.UpTime";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    private static void looksRight(Page page, String name) throws Exception {
        for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
            ConsoleBed.draw(page, scheme);
            assertThat(new Axe().complaints(page)).as(name + " " + scheme).isEmpty();
        }
        ConsoleBed.pictures(page, name);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(360, 740);
        ConsoleBed.untilNoWiderThanItsWindow(page);
        assertThat(new Axe().complaints(page)).as(name + " on a phone").isEmpty();
        page.setViewportSize(1280, 860);
    }

    /// Delivers something as somebody.
    private static int delivered(String login, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            String shown = Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
            return client.send(
                            HttpRequest.newBuilder(URI.create(BED.origin() + "/bulk"))
                                    .header("Authorization", "Basic " + shown)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void a_report_is_added_made_switched_off_and_removed_and_what_was_refused_is_seen_first() throws Exception {
        assertThat(delivered("proto::stranger:none", "{}")).isEqualTo(401);
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + GATEWAY.id());
            assertThat(page.getByText("It makes none.")).isVisible();
            button(page, "Have it report…").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(button(page, "From now on")).isDisabled();
            dialog.getByLabel("Parameters, or objects with all beneath them").fill(NAME);
            dialog.getByLabel("Seconds between two reports").fill("2");
            assertThat(dialog.getByText("A whole number of seconds, 5 at least"))
                    .isVisible();
            dialog.getByLabel("Seconds between two reports").fill("3600");
            dialog.getByLabel("Name, for people").fill("Hourly");
            dialog.getByLabel("Keep what these parameters were, of every device")
                    .press("Space");
            assertThat(new Axe().complaints(page)).isEmpty();
            button(page, "From now on").click();
            Locator reports = page.getByLabel("Reports of this device");
            assertThat(reports).containsText("Hourly");
            assertThat(reports).containsText("every 1 h, as events in JSON");

            button(page, "Make it now").click();
            assertThat(page.getByText("1 delivery taken")).isVisible();
            assertThat(page.getByText("Look closer")).isVisible();
            assertThat(delivered(GATEWAY.id() + ":wrong", "{}")).isEqualTo(401);
            looksRight(page, "reports");

            reports.getByRole(AriaRole.SWITCH).press("Space");
            assertThat(button(page, "Make it now")).isDisabled();
            button(page, "Remove…").click();
            button(page, "Remove it").click();
            assertThat(page.getByText("It makes none.")).isVisible();

            page.navigate(BED.origin() + "/refused");
            Locator refused = page.getByLabel("Refused reports");
            assertThat(refused).containsText("proto::stranger at 127.0.0.1");
            assertThat(refused).containsText("No device has this login.");
            assertThat(page.getByLabel("Refused by reason")).containsText("without a login that somebody has");
            looksRight(page, "refused-reports");
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
