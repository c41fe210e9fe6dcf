// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.controller.store.FacetCounts;
import java.util.List;

/// The devices of a query, counted by the values of an attribute or a parameter.
///
/// @param by what was asked for
/// @param devices that the query means
/// @param having those of them that have a value at all
/// @param distinct how many different values there are, `values` names the most frequent
/// @param bars a histogram, for a parameter whose values are all numbers and differ; else empty
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Facets(
        String by, long devices, long having, long distinct, List<FacetValue> values, List<FacetBar> bars) {

    /// @param devices that have this value, in one row or in several
    public record FacetValue(String value, long devices) {}

    /// @param from the smallest number that belongs here, as text of all its digits
    /// @param to where the next bar begins
    public record FacetBar(String from, String to, long devices) {}

    public static Facets of(String by, FacetCounts counts) {
        return new Facets(
                by,
                counts.devices(),
                counts.having(),
                counts.distinct(),
                counts.values().stream()
                        .map(count -> new FacetValue(count.value(), count.devices()))
                        .toList(),
                counts.bars().stream()
                        .map(bar -> new FacetBar(
                                bar.from().toPlainString(), bar.to().toPlainString(), bar.devices()))
                        .toList());
    }
}
