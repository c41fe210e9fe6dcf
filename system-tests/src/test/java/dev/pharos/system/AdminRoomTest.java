// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static dev.pharos.system.ConsoleBed.devices;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Administration in the page: a person is let in there, signs in, does what the role allows, and is found in the log.
class AdminRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("ADMINROOM1", 9);
    private static final Pattern SHOWN_ONCE = Pattern.compile("[A-Za-z0-9_-]{22}");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static ConsoleBed bed;

    @BeforeAll
    static void start_server_gateway_and_browser() throws Exception {
        bed = ConsoleBed.start(folder, GATEWAY);
    }

    @AfterAll
    static void stop_them() {
        if (bed != null) { // absent where the browser is
            bed.close();
        }
    }

    private static void openRoom(Page page, String tab) {
        page.getByLabel("Pages")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Admin"))
                .click();
        page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName(tab)).click();
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    @Test
    void a_person_is_let_in_chooses_a_password_looks_and_is_found_in_the_log() throws Exception {
        try (BrowserContext own = bed.window(1280, 860, ColorScheme.LIGHT);
                BrowserContext hers = bed.window(1280, 860, ColorScheme.DARK)) {
            Page admin = bed.signedIn(own);
            openRoom(admin, "People");
            field(admin, "A new person").fill("Berta");
            button(admin, "Let in").click();
            Locator once =
                    admin.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("shown only now"));
            assertThat(once).isVisible();
            Matcher secret = SHOWN_ONCE.matcher(once.locator("code").textContent());
            assertThat(secret.find()).isTrue();
            String first = secret.group();

            Page page = hers.newPage();
            page.navigate(bed.origin() + "/devices");
            field(page, "Name").fill("Berta");
            field(page, "Password").fill("not it, surely");
            button(page, "Sign in").click();
            assertThat(page.getByText("Nobody of this name and password may sign in."))
                    .isVisible();
            field(page, "Password").fill(first);
            button(page, "Sign in").click();
            assertThat(page.getByText("Welcome, Berta.")).isVisible();
            field(page, "The password that you were given").fill(first);
            field(page, "New password").fill("four words are enough");
            field(page, "The new one once more").fill("four words are not");
            button(page, "Change the password").click();
            assertThat(page.getByText("Not the same as above")).isVisible();
            field(page, "The new one once more").fill("four words are enough");
            button(page, "Change the password").click();
            assertThat(devices(page)).isVisible();
            assertThat(page.getByText("Job for all")).isHidden();
            assertThat(page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("Admin").setExact(true)))
                    .isHidden();
            page.navigate(bed.origin() + "/devices/" + GATEWAY.id() + "?tab=model&path=Device.WiFi.SSID.1.SSID");
            assertThat(page.getByTitle("Device.WiFi.SSID.1.SSID").first()).isVisible();
            assertThat(page.getByLabel("Change SSID")).hasCount(0);

            admin.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Sessions"))
                    .click();
            admin.getByLabel("End the session of Berta").click();
            assertThat(admin.getByLabel("End the session of Berta")).hasCount(0);
            page.reload();
            assertThat(field(page, "Name")).isVisible();

            openRoom(admin, "Who did what");
            field(admin, "By whom").fill("Berta");
            Locator log = admin.getByLabel("Audit log").getByRole(AriaRole.LISTITEM);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("change password")))
                    .hasCount(1);
            assertThat(log.filter(new Locator.FilterOptions().setHasText("sign-in refused")))
                    .hasCount(1);
            assertThat(admin.locator("body")).not().containsText("four words");
            assertThat(bed.complaints()).isEmpty();
        }
    }

    @Test
    void a_token_is_made_shown_once_and_removed_when_that_is_confirmed() throws Exception {
        try (BrowserContext own = bed.window(1280, 860, ColorScheme.DARK)) {
            Page admin = bed.signedIn(own);
            openRoom(admin, "Tokens");
            field(admin, "A new token").fill("for a script");
            button(admin, "Make").click();
            assertThat(admin.getByText("pharos_")).isVisible();
            Locator line = admin.getByLabel("Tokens", new Page.GetByLabelOptions().setExact(true))
                    .getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("for a script"));
            assertThat(line).containsText("viewer");
            button(line, "Remove…").click();
            button(admin.getByRole(AriaRole.DIALOG), "Remove").click();
            assertThat(line).hasCount(0);
            assertThat(bed.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"people", "tokens", "sessions", "audit"})
    void administration_fits_on_a_phone(String tab) throws Exception {
        try (BrowserContext phone = bed.window(360, 740, ColorScheme.LIGHT)) {
            Page page = bed.signedIn(phone);
            page.navigate(bed.origin() + "/admin?tab=" + tab);
            assertThat(page.getByRole(AriaRole.TABPANEL)).isVisible();
            page.waitForLoadState();
            assertNoSidewaysScrolling(page);
            assertThat(bed.complaints()).isEmpty();
        }
    }
}
