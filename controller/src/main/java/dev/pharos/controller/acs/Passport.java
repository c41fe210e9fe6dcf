// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.acs.Caller;
import dev.pharos.cwmp.acs.ShownCertificate;
import dev.pharos.mtp.PeerIdentity;
import dev.pharos.usp.EndpointId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What a caller has shown of being the device that its Inform names: its login, and its certificate.
///
/// @param id by which the device is known
/// @param called whether it is known by its organisation and serial number, or was
/// @param own what it has to show
record Passport(EndpointId id, DeviceId told, boolean called, Caller caller, Credentials own) {
    /// A name that begins with an organisation is that of one device; any other may be that of a whole model.
    private static final Pattern OF_A_DEVICE = Pattern.compile("[0-9A-Fa-f]{6}-.+");

    /// What is to be done with it.
    sealed interface Finding {
        record Good(PeerIdentity.Proof proof) implements Finding {}

        record LoginWanted() implements Finding {}

        record Refused(String reason) implements Finding {}
    }

    Finding finding() {
        ProofWanted wanted = own.wanted();
        Optional<String> login = own.login();
        Optional<String> stranger = caller.certificate().flatMap(this::another);
        if (stranger.isPresent()) {
            return new Finding.Refused(stranger.get());
        }
        boolean certified = caller.certificate().filter(this::names).isPresent();
        if (wanted != ProofWanted.EITHER && !certified) {
            return new Finding.Refused(caller.certificate()
                    .map(shown ->
                            "it has to show a certificate that names it, and that of " + shown.owner() + " does not")
                    .orElse("it has to show a certificate that names it, and shows none"));
        }
        boolean loggedIn = login.isPresent() && login.equals(caller.login());
        if (caller.login().isPresent() && login.isEmpty()) {
            return new Finding.Refused("its login is that of another device");
        }
        if (wanted == ProofWanted.BOTH && login.isEmpty()) {
            return new Finding.Refused("it has to show its login too, and has none here");
        }
        boolean loginCounts =
                !certified || wanted == ProofWanted.BOTH || caller.login().isPresent();
        if (login.isPresent() && !loggedIn && loginCounts) {
            return new Finding.LoginWanted();
        }
        return new Finding.Good(
                certified
                        ? PeerIdentity.Proof.CERTIFICATE
                        : loggedIn ? PeerIdentity.Proof.CREDENTIALS : PeerIdentity.Proof.NONE);
    }

    /// Whether the certificate is that of this device: by an alternative name, as over USP, else by the common name of
    /// its subject, where the device is known by what it says there.
    private boolean names(ShownCertificate certificate) {
        if (certificate.namesEndpoints()) {
            return certificate.proves().test(id);
        }
        DeviceId classless = new DeviceId("", told.oui(), "", told.serialNumber());
        Set<String> names = Set.of(raw(told), told.canonical(), raw(classless), classless.canonical());
        return called && names.stream().anyMatch(each -> sameName(each, certificate.commonName()));
    }

    /// Why the certificate is that of another device.
    private Optional<String> another(ShownCertificate certificate) {
        boolean ofADevice = certificate.namesEndpoints()
                || OF_A_DEVICE.matcher(certificate.commonName()).matches();
        return ofADevice && !names(certificate)
                ? Optional.of("its certificate belongs to " + certificate.owner() + ", not to " + id)
                : Optional.empty();
    }

    /// As manufacturers write it, without escapes.
    private static String raw(DeviceId device) {
        String middle = device.productClass().isEmpty() ? "" : device.productClass() + "-";
        return device.oui() + "-" + middle + device.serialNumber();
    }

    /// The organisation is hexadecimal, and so is in either case; the rest is what it is.
    private static boolean sameName(String one, String other) {
        int dash = one.indexOf('-');
        return one.length() == other.length()
                && one.regionMatches(true, 0, other, 0, dash)
                && one.regionMatches(dash, other, dash, one.length() - dash);
    }
}
