// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.pharos.system.ConsoleBed.assertNoSidewaysScrolling;
import static dev.pharos.system.ConsoleBed.button;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.pharos.fleet.SimulatedAgent;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Firmware in the page: an image is uploaded, a device runs it, and what goes wrong is said in words.
class FirmwareRoomTest {
    private static final SimulatedAgent GATEWAY = SimulatedAgent.of("FIRMWAREROOM1", 12);
    private static final String ID = GATEWAY.id().toString();

    @RegisterExtension
    static final ConsoleBed BED = new ConsoleBed(GATEWAY);

    private static Path image(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(name.hashCode()).nextBytes(content);
        return Files.write(BED.folder().resolve(name), content);
    }

    private static Locator chooser(Page page) {
        return page.locator("input[type=file]");
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label).first();
    }

    private static void enterRoom(Page page) {
        page.getByLabel("Pages")
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Firmware"))
                .click();
        button(page, "Upload an image").first().click();
    }

    private static Locator line(Page page, String words) {
        return page.getByLabel("Firmware images")
                .getByRole(AriaRole.LISTITEM)
                .filter(new Locator.FilterOptions().setHasText(words));
    }

    @Test
    void an_image_is_uploaded_and_a_device_runs_it_with_one_click_until_its_version_was_read_back() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            enterRoom(page);
            chooser(page).setInputFiles(image("gateway-7.0.1.img", 300_000));
            assertThat(field(page, "What it is an image of")).hasValue("gateway");
            assertThat(field(page, "Version")).hasValue("7.0.1");
            field(page, "For which devices").fill("FIRMWAREROOM1");
            assertThat(page.getByText("1 device now")).isVisible();
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Upload").setExact(true))
                    .click();
            assertThat(line(page, "7.0.1")).containsText("FIRMWAREROOM1");

            page.navigate(BED.origin() + "/devices/" + ID);
            button(page, "Upgrade… to gateway 7.0.1").click();
            button(page.getByRole(AriaRole.DIALOG), "Upgrade it").click();
            assertThat(page.getByText("It runs 7.0.1.")).isVisible();
            assertThat(page.getByLabel("Images for this device")).containsText("runs");
            assertThat(BED.server().rest().value(ID, "Device.DeviceInfo.SoftwareVersion"))
                    .isEqualTo("7.0.1");
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void devices_of_a_query_are_upgraded_by_a_job_that_is_made_from_the_image() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.DARK)) {
            Page page = BED.signedIn(window);
            enterRoom(page);
            chooser(page).setInputFiles(image("fleet-7.0.2.img", 200_000));
            field(page, "For which devices").fill("model = \"Simulated Gateway\"");
            page.keyboard().press("Enter");
            Locator image = line(page, "7.0.2");
            image.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Upgrade devices"))
                    .click();
            assertThat(ConsoleBed.query(page, "Which devices")).hasValue("model = \"Simulated Gateway\"");
            assertThat(page.getByText("1 device now")).isVisible();
            assertThat(page.getByText("fleet 7.0.2").first()).isVisible();
            page.getByLabel("Not before")
                    .fill(LocalDateTime.now(ZoneId.systemDefault())
                            .plusDays(20)
                            .truncatedTo(ChronoUnit.MINUTES)
                            .toString());
            button(page, "Make the job").click();
            assertThat(page.getByText("It has not started yet.")).isVisible();

            page.getByLabel("Pages")
                    .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Firmware"))
                    .click();
            button(page, "Delete… fleet 7.0.2").click();
            button(page.getByRole(AriaRole.DIALOG), "Delete it").click();
            assertThat(page.getByText("cancel them first")).isVisible();
            assertThat(image).isVisible();
        }
    }

    @Test
    void an_image_is_deleted_once_that_is_confirmed() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            enterRoom(page);
            chooser(page).setInputFiles(image("old-1.0.img", 1_000));
            page.keyboard().press("Tab");
            field(page, "Note").fill("to be forgotten");
            page.keyboard().press("Enter");
            Locator image = line(page, "to be forgotten");
            button(page, "Delete… old 1.0").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            button(dialog, "Keep it").click();
            assertThat(image).isVisible();
            button(page, "Delete… old 1.0").click();
            button(dialog, "Delete it").click();
            assertThat(image).hasCount(0);
            assertThat(BED.complaints()).isEmpty();
        }
    }

    @Test
    void a_wrong_checksum_and_a_file_that_is_too_large_are_refused_in_words_and_nothing_typed_is_lost()
            throws Exception {
        try (BrowserContext window = BED.window(390, 844, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            enterRoom(page);
            assertNoSidewaysScrolling(page);
            Path large = BED.folder().resolve("large-1.img");
            try (RandomAccessFile sparse = new RandomAccessFile(large.toFile(), "rw")) {
                sparse.setLength((512L << 20) + 1);
            }
            chooser(page).setInputFiles(large);
            assertThat(page.getByText("an image has at most 512 MiB")).isVisible();
            Locator send = page.getByRole(
                    AriaRole.BUTTON,
                    new Page.GetByRoleOptions().setName("Upload").setExact(true));
            assertThat(send).isDisabled();

            chooser(page).setInputFiles(image("wrong-3.1.img", 5_000));
            field(page, "Version").fill("3.1");
            field(page, "Its SHA-256").fill("abc");
            assertThat(page.getByText("64 hexadecimal digits")).isVisible();
            field(page, "Its SHA-256").fill("0".repeat(64));
            send.click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("Not the image that was meant");
            assertThat(field(page, "Version")).hasValue("3.1");
            assertNoSidewaysScrolling(page);
            assertThat(BED.server().rest().get("/firmware").toString()).doesNotContain("\"3.1\"");
        }
    }

    @Test
    void an_upload_shows_how_far_it_is_and_one_that_is_stopped_leaves_nothing() throws Exception {
        try (BrowserContext window = BED.window(1280, 860, ColorScheme.LIGHT)) {
            Page page = BED.signedIn(window);
            // the server never sees it: it stays under way until it is stopped
            page.route("**/api/v1/firmware?*", route -> {
                if (!route.request().method().equals("POST")) {
                    route.resume(new Route.ResumeOptions());
                }
            });
            enterRoom(page);
            chooser(page).setInputFiles(image("slow-4.0.img", 2_000_000));
            page.getByRole(
                            AriaRole.BUTTON,
                            new Page.GetByRoleOptions().setName("Upload").setExact(true))
                    .click();
            assertThat(page.getByRole(AriaRole.PROGRESSBAR, new Page.GetByRoleOptions().setName("Upload")))
                    .isVisible();
            button(page, "Stop the upload").click();
            assertThat(page.getByRole(AriaRole.ALERT)).containsText("The upload was stopped");
            assertThat(field(page, "Version")).hasValue("4.0");
            assertThat(BED.server().rest().get("/firmware").toString()).doesNotContain("slow");
        }
    }
}
