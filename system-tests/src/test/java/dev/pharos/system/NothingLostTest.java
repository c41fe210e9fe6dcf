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
import dev.pharos.agent.runtime.SharedTimer;
import dev.pharos.fleet.RunningGateway;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/// What goes wrong while somebody is at work: their session, their line, the device, and other people. Nothing that
/// they typed is lost.
class NothingLostTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("NOTHINGLOST1", 21);
    private static final String ID = GATEWAY.id().toString();
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    /// The page of the gateway, where its network is.
    private static Page atNetwork(BrowserContext window) throws IOException {
        Page page = BED.signedIn(window);
        page.navigate(BED.origin() + "/devices/" + ID + "?tab=model&path=" + SSID);
        assertThat(line(page)).isVisible();
        return page;
    }

    private static Locator line(Page page) {
        return page.getByRole(AriaRole.ROW)
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByTitle(SSID, new Page.GetByTitleOptions().setExact(true))));
    }

    private static Locator editor(Page page) {
        line(page).getByLabel("Change SSID: ").click();
        return line(page).getByRole(AriaRole.TEXTBOX);
    }

    private static void stage(Page page, String name) {
        Locator editor = editor(page);
        editor.fill(name);
        editor.press("Enter");
        assertThat(page.getByLabel("Staged changes")).containsText("1 change");
    }

    private static Locator dialog(Page page, String words) {
        return page.getByRole(AriaRole.DIALOG).filter(new Locator.FilterOptions().setHasText(words));
    }

    private static void endAllSessions() throws Exception {
        RestApi rest = BED.server().rest();
        for (JsonNode each : rest.get("/sessions").path("items")) {
            rest.exchange("DELETE", "/sessions/" + each.path("id").asString(), "", Duration.ofSeconds(20));
        }
    }

    @Test
    void a_session_that_ends_in_the_middle_is_taken_up_again_with_all_that_was_typed() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = atNetwork(window);
            stage(page, "Typed before");
            // still being typed when the page asks for something and hears that nobody is signed in
            editor(page).fill("Typed halfw");
            endAllSessions();
            Locator again = dialog(page, "Your session has ended");
            assertThat(again).isVisible();
            assertThat(new Axe().complaints(page)).isEmpty();
            ConsoleBed.pictures(page, "session-ended");
            page.setViewportSize(1280, 860);
            Locator token = again.getByLabel("Token", new Locator.GetByLabelOptions().setExact(true));
            token.fill("not-a-token");
            button(again, "Sign in").click();
            assertThat(again).containsText("This token is not valid.");
            token.fill(BED.server().rest().token());
            button(again, "Sign in").click();
            assertThat(again).isHidden();
            assertThat(page.getByLabel("Staged changes")).containsText("1 change");
            button(page.getByLabel("Staged changes"), "Review…").click();
            button(dialog(page, "1 change to send"), "Apply").click();
            assertThat(dialog(page, "The device has set it")).containsText("read back as Typed halfw");
            assertThat(BED.complaints()).allMatch(said -> said.contains("401"));
        }
    }

    @Test
    void whoever_reviews_later_sees_what_somebody_else_changed_meanwhile() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.DARK)) {
            Page page = atNetwork(window);
            stage(page, "Mine");
            BED.server().rest().set(ID, SSID, "Theirs");
            button(page.getByLabel("Staged changes"), "Review…").click();
            Locator review = dialog(page, "1 change to send");
            assertThat(review.getByRole(AriaRole.ALERT)).containsText("the device now has Theirs");
            assertThat(new Axe().complaints(page)).isEmpty();
            button(review, "Keep theirs of " + SSID).click();
            assertThat(review).isHidden();
            assertThat(page.getByLabel("Staged changes")).isHidden();
            assertThat(line(page)).containsText("Theirs");

            stage(page, "Mine after all");
            BED.server().rest().set(ID, SSID, "Theirs again");
            button(page.getByLabel("Staged changes"), "Review…").click();
            button(review, "Apply mine all the same").click();
            assertThat(dialog(page, "The device has set it")).containsText("read back as Mine after all");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_line_that_is_lost_and_comes_back_costs_nothing_that_was_typed() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = atNetwork(window);
            stage(page, "Across the gap");
            window.setOffline(true);
            button(page.getByLabel("Staged changes"), "Review…").click();
            button(dialog(page, "1 change to send"), "Apply").click();
            assertThat(dialog(page, "1 change to send")).containsText("The server cannot be reached");
            window.setOffline(false);
            button(dialog(page, "1 change to send"), "Apply").click();
            assertThat(dialog(page, "The device has set it")).containsText("read back as Across the gap");
            assertThat(BED.complaints()).allMatch(said -> said.contains("ERR_INTERNET_DISCONNECTED"));
        }
    }

    @Test
    void names_with_markup_and_of_every_script_are_text_wherever_they_stand() throws Exception {
        String name = "<b onclick=x>واي</b>蛍😀";
        BED.server().rest().set(ID, SSID, name);
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = atNetwork(window);
            assertThat(line(page)).containsText(name);
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Overview"))
                    .click();
            assertThat(page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name))
                            .first())
                    .isVisible();
            page.getByRole(AriaRole.TAB, new Page.GetByRoleOptions().setName("Events"))
                    .click();
            assertThat(page.getByText(name).first()).isVisible();
            assertThat(page.locator("b[onclick]")).hasCount(0);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_device_that_is_forgotten_while_its_page_is_open_is_said_to_be() throws Exception {
        SimulatedAgent other = SimulatedAgent.of("NOTHINGLOST2", 22);
        String id = other.id().toString();
        try (SharedTimer timer = new SharedTimer();
                BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            RunningGateway gateway = BED.further(other, timer);
            BED.server().rest().awaitStatus(id, "online");
            Page page = BED.signedIn(window);
            page.navigate(BED.origin() + "/devices/" + id);
            assertThat(page.getByText("is connected over WebSocket")).isVisible();
            gateway.close();
            assertThat(page.getByText("It cannot be asked now: not connected")).isVisible();
            BED.server().rest().exchange("DELETE", RestApi.device(id), "", Duration.ofSeconds(20));
            assertThat(page.getByText("somebody had it forgotten")).isVisible();
            assertThat(page.getByText("Ethernet eth0 is up")).isVisible();
            // the browser says each answer of that kind: it is not connected, and then it is not there
            assertThat(BED.complaints()).allMatch(said -> said.contains("409") || said.contains("404"));
        }
    }
}
