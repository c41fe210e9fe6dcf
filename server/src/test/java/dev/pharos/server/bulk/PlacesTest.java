// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.server.bulk.DeliveryReader.Form;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/// How many deliveries are read at once.
class PlacesTest {
    private static final Form GZIP = new Form(true, false, true);

    private final Places places = new Places();
    private final Deque<Places.Place> taken = new ArrayDeque<>();

    @Test
    void who_comes_to_a_full_desk_is_sent_away_until_somebody_leaves() throws Exception {
        for (int i = 0; i < Limits.AT_ONCE; i++) {
            taken.add(places.take(false));
        }
        assertThatThrownBy(() -> places.take(false)).isInstanceOf(Places.FullException.class);
        taken.pop().close();
        taken.add(places.take(false));
        assertThatThrownBy(() -> places.take(false)).isInstanceOf(Places.FullException.class);
    }

    @Test
    void large_ones_have_few_of_the_places_and_small_ones_the_others() throws Exception {
        for (int i = 0; i < Limits.LARGE_AT_ONCE; i++) {
            Places.Place place = places.take(false);
            place.large();
            place.large();
            taken.add(place);
        }
        Places.Place oneMore = places.take(false);
        assertThatThrownBy(oneMore::large).isInstanceOf(Places.FullException.class);
        oneMore.close();
        for (int i = Limits.LARGE_AT_ONCE; i < Limits.AT_ONCE; i++) {
            taken.add(places.take(false));
        }
        taken.pop().close();
        try (Places.Place last = places.take(false)) {
            last.large();
        }
    }

    @Test
    void a_delivery_is_large_by_what_it_grows_to() throws Exception {
        String header = "ReportTimestamp,a\n";
        for (int size : new int[] {Limits.LARGE_BYTES, Limits.LARGE_BYTES + 1, 4 * Limits.LARGE_BYTES}) {
            String text = header + "\n".repeat(size - header.length());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
            boolean[] asked = new boolean[1];
            try {
                DeliveryReader.read(new ByteArrayInputStream(bytes.toByteArray()), GZIP, () -> asked[0] = true);
            } catch (MalformedReportException empty) {
                // what it says is not looked at here
            }
            assertThat(asked[0]).as("of %d bytes", size).isEqualTo(size > Limits.LARGE_BYTES);
        }
    }
}
