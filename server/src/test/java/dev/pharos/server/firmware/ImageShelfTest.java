// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetResponse.RequestedPathResult;
import dev.pharos.usp.message.GetResponse.ResolvedPathResult;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where an image is put, by what a device says of those that it has.
final class ImageShelfTest {
    private static final String IMAGE = "Device.DeviceInfo.FirmwareImage.";

    private static ResolvedPathResult info(String active) {
        return new ResolvedPathResult(
                "Device.DeviceInfo.", Map.of("SoftwareVersion", "1.0", "ActiveFirmwareImage", active));
    }

    private static ResolvedPathResult image(int number, String status, String version) {
        return new ResolvedPathResult(
                IMAGE + number + ".", Map.of("Status", status, "Version", version, "Available", "true"));
    }

    private static ImageShelf shelf(ResolvedPathResult... objects) {
        return ImageShelf.of(new GetResponse(Arrays.stream(objects)
                .map(object -> new RequestedPathResult(object.resolvedPath(), Optional.empty(), List.of(object)))
                .toList()));
    }

    @Test
    void the_place_is_never_the_one_that_runs_however_the_device_writes_its_reference() {
        for (String active : new String[] {IMAGE + "2", IMAGE + "2."}) {
            ImageShelf shelf =
                    shelf(info(active), image(1, "NoImage", ""), image(2, "Active", "1.0"), image(3, "NoImage", ""));
            assertThat(shelf.place()).contains(IMAGE + "1.");
        }
    }

    @Test
    void a_place_into_which_something_is_fetched_is_left_alone() {
        assertThat(shelf(info(IMAGE + "1"), image(1, "Active", "1.0"), image(2, "Downloading", ""))
                        .place())
                .isEmpty();
        assertThat(shelf(info(IMAGE + "1"), image(1, "Active", "1.0"), image(2, "ActivationFailed", "2.0"))
                        .place())
                .contains(IMAGE + "2.");
    }

    @Test
    void a_device_with_one_place_has_it_written_over() {
        assertThat(shelf(info(IMAGE + "1"), image(1, "Active", "1.0")).place()).contains(IMAGE + "1.");
        assertThat(shelf(info("")).isEmpty()).isTrue();
        assertThat(shelf(info("")).place()).isEmpty();
    }

    @Test
    void an_image_that_is_there_already_needs_no_download_unless_it_failed_or_may_not_run() {
        ImageShelf there = shelf(info(IMAGE + "1"), image(1, "Active", "1.0"), image(2, "Available", "2.0"));
        assertThat(there.holding("2.0")).contains(IMAGE + "2.");
        assertThat(there.holding("1.0")).isEmpty();
        assertThat(shelf(info(IMAGE + "1"), image(1, "Active", "1.0"), image(2, "ActivationFailed", "2.0"))
                        .holding("2.0"))
                .isEmpty();
    }
}
