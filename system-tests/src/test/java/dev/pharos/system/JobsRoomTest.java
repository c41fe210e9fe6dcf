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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The jobs room of the page: what is done to many devices is made there, watched, paused, ended and read.
class JobsRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("JOBROOM1", 8);
    private static final String ID = GATEWAY.id().toString();
    private static final String SSID = "Device.WiFi.SSID.1.SSID";

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    private static Locator status(Page page, String words) {
        return page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText(words));
    }

    private static void enterRoom(Page page) {
        page.getByLabel("Pages")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Jobs"))
                .click();
    }

    @Test
    void a_job_for_the_devices_of_a_filter_is_made_watched_to_its_end_and_read() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            ConsoleBed.query(page, "Filter devices").fill("JOBROOM1");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Job for these"))
                    .click();
            assertThat(ConsoleBed.query(page, "Which devices")).hasValue("JOBROOM1");
            assertThat(status(page, "1 device now, 1 online")).isVisible();

            assertThat(button(page, "Start the job")).isDisabled();
            Locator first = page.getByLabel("Set values, step 1");
            first.fill(SSID);
            first.blur();
            assertThat(page.getByText("has no “=” with a name before it")).isVisible();
            first.fill(SSID + "=Jobbed");
            button(page, "And then").click();
            page.getByRole(AriaRole.COMBOBOX, new Page.GetByRoleOptions().setName("Step 2"))
                    .click();
            page.getByRole(AriaRole.OPTION, new Page.GetByRoleOptions().setName("Read values"))
                    .click();
            page.getByLabel("Read values, step 2").fill(SSID);
            button(page, "Start the job").click();

            assertThat(status(page, "All of 1 device is done.")).isVisible();
            Locator target = page.getByLabel("Devices of this job").getByRole(AriaRole.LISTITEM);
            assertThat(target).containsText(ID);
            assertThat(target).containsText(SSID + " = Jobbed");
            assertThat(BED.server().rest().value(ID, SSID)).isEqualTo("Jobbed");

            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Events"))
                    .click();
            Locator ended = page.getByLabel("Events", new Page.GetByLabelOptions().setExact(true))
                    .getByRole(AriaRole.LISTITEM)
                    .filter(new Locator.FilterOptions().setHasText("has ended: 1 of 1 device done"));
            ended.first().getByRole(AriaRole.LINK).click();
            assertThat(status(page, "All of 1 device is done.")).isVisible();
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_job_whose_hours_have_not_come_is_paused_resumed_and_cancelled_once_that_is_confirmed() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.DARK)) {
            Page page = BED.signedIn(window);
            enterRoom(page);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("New job"))
                    .first()
                    .click();
            page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("for later");
            page.getByLabel("Set values, step 1").fill(SSID + "=Never");
            page.getByLabel("Not before")
                    .fill(LocalDateTime.now(ZoneId.systemDefault())
                            .plusDays(30)
                            .truncatedTo(ChronoUnit.MINUTES)
                            .toString());
            button(page, "Make the job").click();
            assertThat(status(page, "It has not started yet.")).isVisible();
            button(page, "Pause").click();
            assertThat(status(page, "It is paused")).isVisible();
            button(page, "Resume").click();
            assertThat(status(page, "It has not started yet.")).isVisible();
            button(page, "Cancel the job").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("cannot be taken up again");
            button(dialog, "Back").click();
            assertThat(dialog).isHidden();
            assertThat(status(page, "It has not started yet.")).isVisible();
            button(page, "Cancel the job").click();
            button(dialog, "Cancel the job").click();
            assertThat(status(page, "It was cancelled")).isVisible();
            enterRoom(page);
            assertThat(page.getByLabel("Jobs", new Page.GetByLabelOptions().setExact(true))
                            .getByRole(AriaRole.LISTITEM)
                            .filter(new Locator.FilterOptions().setHasText("for later")))
                    .containsText("cancelled");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_query_that_cannot_be_read_says_why_and_what_the_server_refuses_leaves_what_was_typed() throws Exception {
        try (BrowserContext window = BED.window(360, 740, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            enterRoom(page);
            assertNoSidewaysScrolling(page);
            page.navigate(BED.origin() + "/jobs/new?q=%22nobody%20is%20this%22");
            assertThat(status(page, "0 devices now")).isVisible();
            Locator step = page.getByLabel("Set values, step 1");
            step.fill(SSID + "=Nobody");
            assertNoSidewaysScrolling(page);
            button(page, "Start the job").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("No device is meant now");
            assertThat(step).hasValue(SSID + "=Nobody");
            ConsoleBed.query(page, "Which devices").fill("model = ");
            assertThat(status(page, "is no query")).isVisible();
        }
    }
}
