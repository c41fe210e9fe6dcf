// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import dev.pharos.device.prplos.ubus.UbusTable;
import java.util.Map;
import java.util.Optional;

/// What daemons answer who are asked because somebody reads. Thread-safe.
final class Asked {
    private final Recent<State.Question, Optional<UbusTable>> answers;
    private final Recent<Place, Map<String, UbusTable>> elements;

    /// A list beneath the row of a section.
    ///
    /// @param name what daemons call the section
    private record Place(State.Question question, Listing listing, String section, String name) {}

    Asked(Daemons daemons) {
        this.answers = new Recent<>(daemons::ask, Optional.empty(), System::nanoTime);
        this.elements = new Recent<>(this::listed, Map.of(), System::nanoTime);
    }

    /// Daemons are asked again: something has happened.
    void forget() {
        answers.forget();
        elements.forget();
    }

    Optional<UbusTable> answer(State.Question question) {
        return answers.of(question);
    }

    /// What is listed beneath the row of a section, by what tells it apart.
    ///
    /// @param known what daemons call the section
    Map<String, UbusTable> elements(Answers known, Listing listing, String section) {
        return known.question(listing, section)
                .map(question -> elements.of(new Place(
                        question,
                        listing,
                        section,
                        known.name(listing.table(), section).orElse(""))))
                .orElse(Map.of());
    }

    private Map<String, UbusTable> listed(Place place) {
        return answer(place.question())
                .map(answer -> place.listing().elements(answer, place.section(), place.name()))
                .orElse(Map.of());
    }
}
