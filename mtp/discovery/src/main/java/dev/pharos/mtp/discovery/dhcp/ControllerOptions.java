// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a DHCP server says about a USP Controller: sub-options 25 to 29 of the Broadband Forum, the same in
/// DHCPv4 option 125 and DHCPv6 option 17.
public final class ControllerOptions {
    private static final int ADDRESS = 25;
    private static final int PROVISIONING_CODE = 26;
    private static final int RETRY_MINIMUM_WAIT = 27;
    private static final int RETRY_MULTIPLIER = 28;
    private static final int ENDPOINT_ID = 29;
    private static final int LARGEST_NUMBER = 65_535;

    private final Map<Integer, Bytes> said;
    private final List<String> complaints = new ArrayList<>();

    private ControllerOptions(Map<Integer, Bytes> said) {
        this.said = said;
    }

    /// The lead; empty where none of these sub-options was sent. One that cannot be understood becomes a
    /// complaint of the lead.
    ///
    /// @throws MalformedInputException where the option as a whole is cut off
    public static Optional<ControllerLead> in(DhcpOptions options) throws MalformedInputException {
        Map<Integer, Bytes> said = VendorInformation.in(options)
                .map(VendorInformation::broadbandForum)
                .orElse(Map.of());
        for (int code = ADDRESS; code <= ENDPOINT_ID; code++) {
            if (said.containsKey(code)) {
                return Optional.of(new ControllerOptions(said).lead());
            }
        }
        return Optional.empty();
    }

    private ControllerLead lead() {
        Optional<ControllerPlace> address = read(ADDRESS, Limits.ADDRESS_CHARACTERS, ControllerPlace::parse);
        ControllerTerms terms = new ControllerTerms(
                read(PROVISIONING_CODE, Limits.PROVISIONING_CODE_CHARACTERS, text -> text),
                read(RETRY_MINIMUM_WAIT, Limits.ADDRESS_CHARACTERS, text -> Duration.ofSeconds(number(text, 1))),
                read(RETRY_MULTIPLIER, Limits.ADDRESS_CHARACTERS, text -> number(text, 1000)));
        Optional<EndpointId> endpointId = read(ENDPOINT_ID, Limits.ADDRESS_CHARACTERS, EndpointId::parse);
        return new ControllerLead(address, endpointId, terms, complaints);
    }

    /// Makes something of a text.
    private interface Reader<T> {
        T read(String text) throws MalformedInputException;
    }

    private <T> Optional<T> read(int code, int limit, Reader<T> reader) {
        try {
            Optional<String> text = OptionText.of(said, code, limit);
            return text.isEmpty() ? Optional.empty() : Optional.of(reader.read(text.get()));
        } catch (MalformedInputException malformed) {
            complaints.add("sub-option " + code + ": " + malformed.detail());
            return Optional.empty();
        }
    }

    private static int number(String text, int least) throws MalformedInputException {
        int value = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (value < least || value > LARGEST_NUMBER) {
            throw new MalformedInputException(
                    StandardErrorCode.INVALID_VALUE,
                    "a number from " + least + " to " + LARGEST_NUMBER + " is wanted: " + text);
        }
        return value;
    }

    /// What a DHCP server writes so that agents find this Controller.
    public static VendorInformation of(ControllerLead lead) {
        Map<Integer, Bytes> said = new TreeMap<>();
        lead.address().ifPresent(place -> said.put(ADDRESS, Bytes.ofUtf8(place.toString())));
        lead.terms().provisioningCode().ifPresent(code -> said.put(PROVISIONING_CODE, Bytes.ofUtf8(code)));
        lead.terms()
                .retryMinimumWait()
                .ifPresent(wait -> said.put(RETRY_MINIMUM_WAIT, Bytes.ofUtf8(Long.toString(wait.toSeconds()))));
        lead.terms()
                .retryMultiplier()
                .ifPresent(factor -> said.put(RETRY_MULTIPLIER, Bytes.ofUtf8(Integer.toString(factor))));
        lead.endpointId().ifPresent(id -> said.put(ENDPOINT_ID, Bytes.ofUtf8(id.toString())));
        return VendorInformation.ofBroadbandForum(said);
    }
}
