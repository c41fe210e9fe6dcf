// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.soap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.MalformedSoapException;
import dev.pharos.cwmp.rpc.Body;
import dev.pharos.cwmp.rpc.Request;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.soap.WritingQuirks.BooleanValues;
import dev.pharos.cwmp.soap.WritingQuirks.DuLists;
import dev.pharos.cwmp.soap.WritingQuirks.TimeValues;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What is written is read as it was, for every kind of message.
class RoundTripPropertyTest {
    private final SoapReader strict = new SoapReader(ReadingQuirks.NONE);
    private final SoapReader lenient = new SoapReader(ReadingQuirks.FIELD);

    @Example
    void there_are_as_many_kinds_as_the_standard_has_and_the_unknown() {
        // 27 methods, their responses, the fault, and a request and a response that nobody knows
        assertThat(ArbitraryMessages.kinds()).hasSize(27 + 27 + 1 + 2);
    }

    @Example
    void every_request_names_a_response_to_the_same_method() throws ReflectiveOperationException {
        for (Class<? extends Body> kind : ArbitraryMessages.kinds()) {
            if (new ArbitraryMessages(1).envelope(kind).body() instanceof Request<?> request
                    && !kind.getSimpleName().startsWith("Unknown")) {
                Response response = (Response) new ArbitraryMessages(1)
                        .envelope(request.responseType())
                        .body();
                assertThat(response.method()).isEqualTo(request.method());
            }
        }
    }

    @Property(tries = 25)
    void every_message_is_read_as_it_was_written(@ForAll long seed) throws MalformedSoapException {
        SoapWriter writer = new SoapWriter(WritingQuirks.NONE);
        for (Class<? extends Body> kind : ArbitraryMessages.kinds()) {
            Envelope envelope = new ArbitraryMessages(seed).envelope(kind);
            byte[] bytes = writer.write(envelope);
            assertThat(strict.read(bytes)).isEqualTo(envelope);
            assertThat(lenient.read(bytes)).isEqualTo(envelope);
        }
    }

    @Property(tries = 25)
    void every_message_is_read_as_it_was_written_for_devices_with_quirks(@ForAll long seed)
            throws MalformedSoapException {
        SoapWriter writer =
                new SoapWriter(new WritingQuirks(BooleanValues.DIGITS, TimeValues.WHOLE_SECONDS, DuLists.ARRAY));
        for (Class<? extends Body> kind : ArbitraryMessages.kinds()) {
            Envelope envelope = new ArbitraryMessages(seed).envelope(kind);
            assertThat(strict.read(writer.write(envelope))).isEqualTo(envelope);
        }
    }

    @Property(tries = 1500)
    void a_damaged_message_is_read_or_refused_with_its_place(@ForAll long seed, @ForAll int damage) {
        List<Class<? extends Body>> kinds = ArbitraryMessages.kinds();
        Class<? extends Body> kind = kinds.get(Math.floorMod(seed, kinds.size()));
        byte[] bytes = new SoapWriter(WritingQuirks.NONE).write(new ArbitraryMessages(seed).envelope(kind));
        bytes[Math.floorMod(damage, bytes.length)] = (byte) (damage >>> 24);
        try {
            assertThat(lenient.read(bytes).body()).isNotNull();
        } catch (MalformedSoapException refused) {
            assertThat(refused.line()).as(refused.detail()).isPositive();
        }
    }
}
