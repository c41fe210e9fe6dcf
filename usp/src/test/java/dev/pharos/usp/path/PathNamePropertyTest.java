// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.path.PathName.LeafKind;
import dev.pharos.usp.path.SearchExpression.Condition;
import dev.pharos.usp.path.SearchExpression.Operator;
import dev.pharos.usp.path.Segment.Follow;
import dev.pharos.usp.path.Segment.Instance;
import dev.pharos.usp.path.Segment.Name;
import dev.pharos.usp.path.Segment.Placeholder;
import dev.pharos.usp.path.Segment.Search;
import dev.pharos.usp.path.Segment.Wildcard;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PathNamePropertyTest {

    @Property(tries = 1000)
    void any_path_is_read_as_it_was_written(@ForAll("paths") PathName path) throws MalformedInputException {
        assertThat(PathName.parse(path.toString())).isEqualTo(path);
    }

    @Property(tries = 2000)
    void any_text_is_a_path_or_7008(@ForAll("almostPaths") String text) {
        try {
            PathName path = PathName.parse(text);
            assertThat(PathName.parse(path.toString())).isEqualTo(path);
        } catch (MalformedInputException malformed) {
            assertThat(malformed.code()).isEqualTo(StandardErrorCode.INVALID_PATH_SYNTAX);
        }
    }

    @Provide
    Arbitrary<String> almostPaths() {
        return Arbitraries.of(
                        "Device", ".", "A", "1", "*", "[", "]", "==", "\"", "&&", "+", "#", "{i}", "()", "!", " ", "é")
                .list()
                .ofMaxSize(16)
                .map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<PathName> paths() {
        Arbitrary<List<Segment>> step = Combinators.combine(
                        names(), Arbitraries.oneOf(instances().list().ofMaxSize(1), follows()))
                .as((name, rest) -> {
                    List<Segment> segments = new ArrayList<>(List.of(new Name(name)));
                    segments.addAll(rest);
                    return segments;
                });
        return Combinators.combine(step.list().ofMaxSize(5), Arbitraries.of(LeafKind.class), names())
                .as((steps, kind, leaf) -> {
                    List<Segment> segments = new ArrayList<>(List.of(new Name("Device")));
                    steps.forEach(segments::addAll);
                    return new PathName(segments, kind, kind == LeafKind.OBJECT ? "" : leaf);
                });
    }

    private static Arbitrary<List<? extends Segment>> follows() {
        return Combinators.combine(names(), Arbitraries.integers().between(0, Integer.MAX_VALUE))
                .as((name, item) -> List.of(new Follow(name, item)));
    }

    private static Arbitrary<Segment> instances() {
        return Arbitraries.oneOf(
                Arbitraries.longs().between(1, 0xFFFF_FFFFL).map(Instance::new),
                Arbitraries.of(new Wildcard(), new Placeholder()),
                conditions().list().ofMinSize(1).ofMaxSize(4).map(all -> new Search(new SearchExpression(all))));
    }

    private static Arbitrary<Condition> conditions() {
        Arbitrary<List<Segment>> parameter = Combinators.combine(names(), names())
                .as((first, last) -> first.length() % 2 == 0
                        ? List.of(new Follow(first, 1), new Name(last))
                        : List.of(new Name(first), new Name(last)));
        Arbitrary<Condition> quoted = Combinators.combine(
                        parameter,
                        Arbitraries.of(Operator.class),
                        Arbitraries.strings().ofMaxLength(30))
                .as((path, operator, text) -> new Condition(path, operator, text, true));
        Arbitrary<Condition> plain = Combinators.combine(
                        parameter, Arbitraries.of(Operator.class), Arbitraries.of("true", "-7", "1.5", "2021-06-06"))
                .as((path, operator, text) -> new Condition(path, operator, text, false));
        return Arbitraries.oneOf(quoted, plain);
    }

    private static Arbitrary<String> names() {
        return Combinators.combine(
                        Arbitraries.chars().alpha().with('_'),
                        Arbitraries.strings().alpha().numeric().withChars("_-").ofMaxLength(12))
                .as((first, rest) -> first + rest);
    }
}
