// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static dev.pharos.usp.record.RecordType.SegmentPosition.BEGIN;
import static dev.pharos.usp.record.RecordType.SegmentPosition.COMPLETE;
import static dev.pharos.usp.record.RecordType.SegmentPosition.IN_PROCESS;
import static dev.pharos.usp.record.RecordType.SegmentPosition.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.Limits;
import dev.pharos.usp.record.RecordType.SegmentPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The examples of Segmented Message Exchange, and what they do not show.
class SegmentationTest {

    private static Bytes bytes(int size) {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Bytes.adopt(content);
    }

    private static List<SegmentPosition> positions(List<Segment> segments) {
        return segments.stream().map(Segment::position).toList();
    }

    private static List<SegmentPosition> recordPositions(List<Segment> segments) {
        return segments.stream().map(Segment::recordPosition).toList();
    }

    private static Reassembly.Outcome last(List<Segment> segments) {
        Reassembly reassembly = new Reassembly();
        Reassembly.Outcome outcome = new Reassembly.Unfinished();
        for (Segment segment : segments) {
            assertThat(outcome).isInstanceOf(Reassembly.Unfinished.class);
            outcome = reassembly.add(segment);
        }
        return outcome;
    }

    private static void comesTogether(List<Bytes> payload, List<Segment> segments) {
        assertThat(last(segments)).isEqualTo(new Reassembly.Whole(payload));
    }

    @Test
    void case_1_and_3_a_payload_that_fits_is_one_record_of_none() {
        List<Bytes> payload = List.of(bytes(100));
        List<Segment> segments = Segmentation.cut(payload, 102);
        assertThat(segments).containsExactly(new Segment(NONE, NONE, payload));
        comesTogether(payload, segments);
    }

    @Test
    void case_2_and_5_one_payload_over_three_records_has_both_states_alike() {
        List<Bytes> payload = List.of(bytes(250));
        List<Segment> segments = Segmentation.cut(payload, 102);
        assertThat(positions(segments)).containsExactly(BEGIN, IN_PROCESS, COMPLETE);
        assertThat(recordPositions(segments)).containsExactly(BEGIN, IN_PROCESS, COMPLETE);
        comesTogether(payload, segments);
    }

    @Test
    void case_4_several_tls_records_in_one_record_stay_apart() {
        List<Bytes> payload = List.of(bytes(40), bytes(50));
        List<Segment> segments = Segmentation.cut(payload, 102);
        assertThat(segments).containsExactly(new Segment(NONE, NONE, payload));
        comesTogether(payload, segments);
    }

    @Test
    void case_6_one_tls_record_in_each_record_is_complete_with_none() {
        List<Bytes> payload = List.of(bytes(90), bytes(80));
        List<Segment> segments = Segmentation.cut(payload, 102);
        assertThat(positions(segments)).containsExactly(BEGIN, COMPLETE);
        assertThat(recordPositions(segments)).containsExactly(NONE, NONE);
        comesTogether(payload, segments);
    }

    @Test
    void case_7_two_cut_tls_records_and_a_whole_one() {
        List<Bytes> payload = List.of(bytes(250), bytes(260), bytes(20));
        List<Segment> segments = Segmentation.cut(payload, 102);
        assertThat(positions(segments))
                .containsExactly(BEGIN, IN_PROCESS, IN_PROCESS, IN_PROCESS, IN_PROCESS, IN_PROCESS, COMPLETE);
        assertThat(recordPositions(segments))
                .containsExactly(BEGIN, IN_PROCESS, COMPLETE, BEGIN, IN_PROCESS, COMPLETE, NONE);
        comesTogether(payload, segments);
    }

    @Property(tries = 500)
    void whatever_is_cut_fits_and_comes_together_again(
            @ForAll List<@IntRange(min = 0, max = 3000) Integer> sizes,
            @ForAll @IntRange(min = 32, max = 2000) int room) {
        List<Bytes> payload = new ArrayList<>();
        sizes.forEach(size -> payload.add(bytes(size)));
        if (payload.stream().allMatch(Bytes::isEmpty)) {
            return;
        }
        List<Segment> segments = Segmentation.cut(payload, room);
        for (Segment segment : segments) {
            int fields = segment.payload().stream()
                    .mapToInt(part -> part.size() + (part.size() < 128 ? 2 : 3))
                    .sum();
            assertThat(fields).isLessThanOrEqualTo(room);
        }
        comesTogether(payload, segments);
    }

    @Test
    void segments_that_do_not_fit_together_are_broken() {
        List<Bytes> some = List.of(bytes(3));
        assertThat(last(List.of(new Segment(IN_PROCESS, IN_PROCESS, some)))).isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(new Segment(COMPLETE, COMPLETE, some)))).isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(new Segment(NONE, BEGIN, some)))).isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(new Segment(BEGIN, COMPLETE, some)))).isInstanceOf(Reassembly.Broken.class);
        Segment begin = new Segment(BEGIN, BEGIN, some);
        assertThat(last(List.of(begin, begin))).isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(begin, Segment.whole(some)))).isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(begin, new Segment(COMPLETE, IN_PROCESS, some))))
                .isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(begin, new Segment(IN_PROCESS, NONE, some)))).isInstanceOf(Reassembly.Broken.class);
        assertThat(last(List.of(new Segment(BEGIN, NONE, some), new Segment(COMPLETE, COMPLETE, some))))
                .isInstanceOf(Reassembly.Broken.class);
    }

    @Test
    void a_record_without_content_does_not_disturb_a_message_that_is_under_way() {
        List<Segment> segments = new ArrayList<>(Segmentation.cut(List.of(bytes(150)), 102));
        segments.add(1, Segment.NOTHING);
        comesTogether(List.of(bytes(150)), segments);
    }

    @Test
    void a_message_beyond_the_bound_is_broken_and_not_kept() {
        Reassembly reassembly = new Reassembly();
        List<Bytes> quarter = List.of(Bytes.adopt(new byte[Limits.MAX_RECORD_BYTES / 4]));
        reassembly.add(new Segment(BEGIN, BEGIN, quarter));
        reassembly.add(new Segment(IN_PROCESS, IN_PROCESS, quarter));
        reassembly.add(new Segment(IN_PROCESS, IN_PROCESS, quarter));
        assertThat(reassembly.add(new Segment(IN_PROCESS, IN_PROCESS, quarter)))
                .isInstanceOf(Reassembly.Unfinished.class);
        assertThat(reassembly.add(new Segment(COMPLETE, COMPLETE, List.of(bytes(1)))))
                .isInstanceOf(Reassembly.Broken.class);
        List<Bytes> some = List.of(bytes(1));
        assertThat(reassembly.add(Segment.whole(some))).isEqualTo(new Reassembly.Whole(some));
    }

    @Test
    void a_flood_of_empty_segments_is_broken_too() {
        Reassembly reassembly = new Reassembly();
        Segment empty = new Segment(IN_PROCESS, IN_PROCESS, List.of());
        Reassembly.Outcome outcome = reassembly.add(new Segment(BEGIN, BEGIN, List.of(bytes(1))));
        for (int count = 0; outcome instanceof Reassembly.Unfinished; count++) {
            assertThat(count).isLessThan(Limits.MAX_SEGMENTS);
            outcome = reassembly.add(empty);
        }
        assertThat(outcome).isInstanceOf(Reassembly.Broken.class);
    }
}
