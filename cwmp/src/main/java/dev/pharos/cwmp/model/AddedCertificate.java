// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.ParameterDefinition.ValueChangeNotification;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.instance.ObjectInstance;
import java.util.Map;
import java.util.Optional;

/// `Device.USPAgent.AddCertificate`: a parameter by which an ACS tells the USP agent of a certificate, where TR-181 has
/// the command AddCertificate() for USP. It is read as empty.
final class AddedCertificate {
    private static final String AGENT = "Device.LocalAgent.";
    private static final String NAME = "AddCertificate";
    /// As the data model calls it.
    static final String PATH = AGENT + NAME;

    static final String COMMAND = PATH + "()";
    static final int CHARACTERS = 65_535;
    static final ParameterDefinition DEFINITION = new ParameterDefinition(
            NAME,
            ParameterType.of(PrimitiveType.STRING),
            ParameterAccess.READ_WRITE,
            Optional.empty(),
            Optional.empty(),
            true,
            ValueChangeNotification.IGNORED,
            "");

    private AddedCertificate() {}

    static boolean isIn(ObjectInstance object) {
        return object.path().equals(AGENT)
                && object.definition().command(NAME + "()").isPresent();
    }

    /// What the command is given.
    static Map<String, String> inputs(String pem) {
        return Map.of("Certificate", pem);
    }
}
