// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import dev.pharos.server.rate.Rate;
import dev.pharos.server.rate.RateLimits;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// How often one may ask the REST interface.
final class RateOptions {
    /// More than there may be in all would be no bound.
    private static final int MOST_STREAMS = 500;

    @Option(
            names = "--request-rate",
            paramLabel = "RATE",
            converter = Reader.class,
            description = "requests of one person or token to the REST interface, such as 100/s:1000, 1000 of them at"
                    + " once after a calm, or off (default ${DEFAULT-VALUE})")
    Choice requests = new Choice(RateLimits.DEFAULT.requests());

    @Option(
            names = "--heavy-rate",
            paramLabel = "RATE",
            converter = Reader.class,
            description = "exports, previews and requests for many devices among them (default ${DEFAULT-VALUE})")
    Choice heavy = new Choice(RateLimits.DEFAULT.heavy());

    @Option(
            names = "--unknown-rate",
            paramLabel = "RATE",
            converter = Reader.class,
            description = "requests of one address, or IPv6 network, that is not signed in (default ${DEFAULT-VALUE});"
                    + " more where all come through one proxy")
    Choice unknown = new Choice(RateLimits.DEFAULT.unknown());

    @Option(
            names = "--streams-each",
            paramLabel = "NUMBER",
            description = "streams that one person or token may have open (default ${DEFAULT-VALUE})")
    int streams = RateLimits.DEFAULT.streams();

    /// @param rate empty for no limit
    record Choice(Optional<Rate> rate) {
        @Override
        public String toString() {
            return rate.map(Rate::toString).orElse("off");
        }
    }

    /// Reads `100/s:1000` or `off`.
    static final class Reader implements ITypeConverter<Choice> {
        @Override
        public Choice convert(String text) {
            try {
                return new Choice(text.equals("off") ? Optional.empty() : Optional.of(Rate.parse(text)));
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage() + "; or off");
            }
        }
    }

    /// @throws StartException where a number is none
    RateLimits limits() throws StartException {
        if (streams < 1 || streams > MOST_STREAMS) {
            throw StartException.usage("--streams-each: 1 to " + MOST_STREAMS);
        }
        return new RateLimits(requests.rate(), heavy.rate(), unknown.rate(), streams);
    }
}
