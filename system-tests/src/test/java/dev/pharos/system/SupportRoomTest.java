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
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What somebody at the telephone does with the page of a device, from finding it to the entry in the audit log: "my
/// Wi-Fi is slow", "I have no internet", "I want another key".
class SupportRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("SUPPORT1", 23);
    private static final String ID = GATEWAY.id().toString();
    private static final String LINE = "Device.Ethernet.Interface.1.Enable";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    /// By its serial number, from wherever one is.
    private static Page found(BrowserContext window) throws IOException {
        Page page = BED.signedIn(window);
        button(page, "Find anything").click();
        Locator finder = page.getByRole(AriaRole.DIALOG);
        finder.getByLabel("Find a device or a page").fill("SUPPORT1");
        finder.getByText(ID).first().click();
        assertThat(page.getByLabel("How it is")).isVisible();
        return page;
    }

    private static Locator networks(Page page) {
        return page.getByLabel("Wireless networks").locator("> li");
    }

    private static Locator review(Page page) {
        return page.getByRole(AriaRole.DIALOG).filter(new Locator.FilterOptions().setHasText("Apply"));
    }

    private static void assertInTheLog(Page page, String what) {
        page.navigate(BED.origin() + "/admin?tab=audit");
        page.getByLabel("On which device").fill(ID);
        assertThat(page.getByLabel("Audit log")
                        .getByRole(AriaRole.LISTITEM)
                        .filter(new Locator.FilterOptions().setHasText(what))
                        .first())
                .isVisible();
    }

    @Test
    void a_slow_wifi_is_heard_around_and_moves_to_a_channel_with_less_on_it() throws Exception {
        try (BrowserContext window = BED.window(1280, 900, ColorScheme.LIGHT)) {
            Page page = found(window);
            assertThat(page.getByLabel("How it is").getByRole(AriaRole.STATUS))
                    .containsText("The way to the internet is fine");
            assertThat(networks(page).first()).containsText(Pattern.compile("2\\.4 GHz, channel \\d+ · WPA2-Personal"));
            networks(page).first().locator("summary").click();
            assertThat(networks(page).first().getByRole(AriaRole.LISTITEM).first())
                    .containsText("dBm");
            button(page, "Look for better channels").click();
            Locator air = page.getByLabel("The air of 2.4 GHz");
            assertThat(air).containsText("2.4 GHz, channel ");
            air.locator("summary").click();
            Locator strongest = air.getByRole(AriaRole.LISTITEM).first();
            assertThat(strongest).containsText("Neighbour-");
            // where it is loudest
            Matcher loud = Pattern.compile("channel (\\d+)").matcher(strongest.textContent());
            assertThat(loud.find()).isTrue();
            BED.server().rest().set(ID, "Device.WiFi.Radio.1.Channel", loud.group(1));
            button(page, "Look again").click();
            assertThat(air).containsText("2.4 GHz, channel " + loud.group(1) + ": ");
            assertThat(new Axe().complaints(page)).isEmpty();
            Locator use = air.getByRole(AriaRole.BUTTON);
            String channel = use.textContent().replaceAll("\\D", "");
            use.click();
            button(review(page), "Apply").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Set, and read back as " + channel);
            button(page.getByRole(AriaRole.DIALOG), "Close").last().click();
            assertThat(networks(page).first()).containsText("2.4 GHz, channel " + channel);
            assertThat(air.getByRole(AriaRole.BUTTON)).hasCount(0);
            assertInTheLog(page, "set");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void who_has_no_internet_hears_which_step_fails_first_on_a_phone_too() throws Exception {
        BED.server().rest().set(ID, LINE, "false");
        try (BrowserContext phone = BED.window(360, 740, ColorScheme.DARK)) {
            Page page = found(phone);
            Locator health = page.getByLabel("How it is");
            assertThat(health.getByRole(AriaRole.STATUS))
                    .containsText("The way to the internet ends at its line: Ethernet eth0 is switched off");
            Locator steps = page.getByLabel("The way to the internet").getByRole(AriaRole.LISTITEM);
            assertThat(steps.filter(new Locator.FilterOptions().setHasText("the first that fails")))
                    .containsText("Line");
            assertThat(steps.first()).containsText("connected over WebSocket");
            assertNoSidewaysScrolling(page);
            assertThat(new Axe().complaints(page)).isEmpty();
            steps.filter(new Locator.FilterOptions().setHasText("Line"))
                    .getByRole(AriaRole.LINK)
                    .click();
            assertThat(page.getByTitle(LINE, new Page.GetByTitleOptions().setExact(true))
                            .first())
                    .isVisible();
            BED.server().rest().set(ID, LINE, "true");
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Overview"))
                    .click();
            button(page, "Look again").click();
            assertThat(health.getByRole(AriaRole.STATUS)).containsText("The way to the internet is fine");
            assertThat(BED.complaints()).isEmpty();
        } finally {
            BED.server().rest().set(ID, LINE, "true");
        }
    }

    @Test
    void a_name_and_a_key_are_set_on_all_bands_and_the_key_is_seen_nowhere() throws Exception {
        try (BrowserContext window = BED.window(1280, 900, ColorScheme.DARK)) {
            Page page = found(window);
            button(page, "Change name or key…").click();
            Locator form = page.getByRole(AriaRole.DIALOG);
            assertThat(form.getByRole(AriaRole.CHECKBOX)).hasCount(3);
            form.getByLabel("Name", new Locator.GetByLabelOptions().setExact(true))
                    .fill("Lantern");
            Locator key = form.getByLabel("New key", new Locator.GetByLabelOptions().setExact(true));
            key.fill("short");
            assertThat(form).containsText("A key has at least 8 characters");
            assertThat(button(form, "Review…")).isDisabled();
            key.fill("by-the-sea-1869");
            assertThat(new Axe().complaints(page)).isEmpty();
            ConsoleBed.pictures(page, "wifi-name-and-key");
            page.setViewportSize(1280, 900);
            button(form, "Review…").click();
            assertThat(review(page)).containsText("4 changes to send");
            assertThat(page.locator("body")).not().containsText("by-the-sea");
            button(review(page), "Apply").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("The device has set all 4");
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("Set. A secret is not read back.");
            button(page.getByRole(AriaRole.DIALOG), "Close").last().click();
            assertThat(networks(page).nth(0)).containsText("Lantern");
            assertThat(networks(page).nth(1)).containsText("Lantern");
            assertThat(networks(page).nth(2)).not().containsText("Lantern");
            assertInTheLog(page, "set");
            assertThat(page.locator("body")).not().containsText("by-the-sea");
            assertThat(BED.complaints()).isEmpty();
        }
    }
}
