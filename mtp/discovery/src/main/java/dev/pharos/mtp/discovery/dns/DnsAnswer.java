// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/// What came back to a DNS question.
///
/// @param records of the answer, and those that the answer brought along
/// @param problem why there are none, in a sentence
public record DnsAnswer(List<Record> records, Optional<String> problem) {
    private static final int ALIASES = 8;

    public DnsAnswer {
        records = List.copyOf(records);
    }

    static DnsAnswer of(List<Record> records) {
        return new DnsAnswer(records, Optional.empty());
    }

    static DnsAnswer none(String problem) {
        return new DnsAnswer(List.of(), Optional.of(problem));
    }

    /// The records of a kind that this name has, directly or through aliases.
    public <T extends Record> List<T> of(Class<T> kind, Name name) {
        Name owner = name;
        for (int hops = 0; hops <= ALIASES; hops++) {
            List<T> found = new ArrayList<>();
            Optional<Name> alias = Optional.empty();
            for (Record record : records) {
                if (record.getName().equals(owner)) {
                    if (kind.isInstance(record)) {
                        found.add(kind.cast(record));
                    } else if (record instanceof CNAMERecord other) {
                        alias = Optional.of(other.getTarget());
                    }
                }
            }
            if (!found.isEmpty() || alias.isEmpty()) {
                return List.copyOf(found);
            }
            owner = alias.get();
        }
        return List.of();
    }
}
