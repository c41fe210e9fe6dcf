// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.localagent;

import dev.pharos.agent.access.AccessControl;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// What of `Device.` and `Device.LocalAgent.` an agent backs, element by element: exactly this is advertised.
/// Made once for all agents of a process.
///
/// Controllers of the agent's configuration stay; further ones are added and deleted over USP. How they are reached is
/// set over USP where the agent makes its connections itself, and only shown where the program does. What a controller
/// may do is assigned over USP.
public final class LocalAgentModel {
    public static final String LOCAL_AGENT = "Device.LocalAgent.";
    public static final String CONTROLLERS = LOCAL_AGENT + "Controller.";
    public static final String MTPS = LOCAL_AGENT + "MTP.";
    public static final String SUBSCRIPTIONS = LOCAL_AGENT + "Subscription.";
    public static final String CERTIFICATES = LOCAL_AGENT + "Certificate.";
    public static final String REQUESTS = LOCAL_AGENT + "Request.";
    static final String THRESHOLDS = LOCAL_AGENT + "Threshold.";
    static final String WATCHDOGS = LOCAL_AGENT + "Watchdog.";

    private static final String CONTROLLER = CONTROLLERS + "{i}.";
    private static final String CONTROLLER_MTP = CONTROLLER + "MTP.{i}.";
    private static final String BOOT_PARAMETER = CONTROLLER + "BootParameter.{i}.";

    static final SupportedDataModel DEVICE = of(
            Map.of(
                    "Device.",
                    Set.of("Reboot()", "FactoryReset()", "ScheduleTimer()", "SelfTestDiagnostics()", "Boot!")),
            Set.of());

    static final SupportedDataModel AGENT = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of(
                            "EndpointID",
                            "SoftwareVersion",
                            "UpTime",
                            "SupportedProtocols",
                            "SupportedNumberOfSubscriptions",
                            "Periodic!",
                            "TransferComplete!")),
            Set.of());

    static final SupportedDataModel MTP = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("MTPNumberOfEntries"),
                    MTPS + "{i}.",
                    Set.of("", "Alias", "Enable", "Status", "Protocol")),
            Set.of(MTPS));

    /// As [#MTP], for an agent that makes its connections itself.
    static final SupportedDataModel DIALLED_MTP = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("MTPNumberOfEntries"),
                    MTPS + "{i}.",
                    Set.of("", "Alias", "Enable", "Status", "Protocol"),
                    MTPS + "{i}.MQTT.",
                    Set.of("Reference", "ResponseTopicConfigured", "ResponseTopicDiscovered", "PublishQoS"),
                    MTPS + "{i}.STOMP.",
                    Set.of("Reference", "Destination", "DestinationFromServer"),
                    MTPS + "{i}.UDS.",
                    Set.of("UnixDomainSocketRef"),
                    MTPS + "{i}.WebSocket.",
                    Set.of("Port", "Path", "EnableEncryption")),
            Set.of());

    /// The brokers and sockets of such an agent.
    public static final SupportedDataModel CONNECTIONS = of(
            Map.of(
                    "Device.MQTT.",
                    Set.of("ClientNumberOfEntries"),
                    "Device.MQTT.Capabilities.",
                    Set.of("ProtocolVersionsSupported", "TransportProtocolSupported"),
                    "Device.MQTT.Client.{i}.",
                    Set.of(
                            "",
                            "Alias",
                            "Name",
                            "Enable",
                            "Status",
                            "ProtocolVersion",
                            "BrokerAddress",
                            "BrokerPort",
                            "TransportProtocol",
                            "CleanSession",
                            "CleanStart",
                            "KeepAliveTime",
                            "WillEnable",
                            "WillTopic",
                            "WillValue",
                            "WillQoS",
                            "WillRetain",
                            "ClientID",
                            "Username",
                            "Password",
                            "MessageRetryTime",
                            "ConnectRetryTime",
                            "ConnectRetryIntervalMultiplier",
                            "ConnectRetryMaxInterval",
                            "ResponseInformation",
                            "SubscriptionNumberOfEntries",
                            "ForceReconnect()"),
                    "Device.MQTT.Client.{i}.Subscription.{i}.",
                    Set.of("", "Alias", "Enable", "Topic", "QoS"),
                    "Device.MQTT.Client.{i}.Stats.",
                    Set.of(
                            "BrokerConnectionEstablished",
                            "LastPublishMessageSent",
                            "LastPublishMessageReceived",
                            "PublishSent",
                            "PublishReceived",
                            "SubscribeSent",
                            "UnSubscribeSent",
                            "MQTTMessagesSent",
                            "MQTTMessagesReceived",
                            "ConnectionErrors",
                            "PublishErrors"),
                    "Device.STOMP.",
                    Set.of("ConnectionNumberOfEntries"),
                    "Device.STOMP.Connection.{i}.",
                    Set.of(
                            "",
                            "Alias",
                            "Enable",
                            "Status",
                            "LastChangeDate",
                            "Host",
                            "Port",
                            "Username",
                            "Password",
                            "VirtualHost",
                            "EnableHeartbeats",
                            "OutgoingHeartbeat",
                            "IncomingHeartbeat",
                            "ServerRetryInitialInterval",
                            "ServerRetryIntervalMultiplier",
                            "ServerRetryMaxInterval",
                            "EnableEncryption"),
                    "Device.UnixDomainSockets.",
                    Set.of("UnixDomainSocketNumberOfEntries"),
                    "Device.UnixDomainSockets.UnixDomainSocket.{i}.",
                    Set.of("Alias", "Mode", "Path")),
            Set.of());

    static final SupportedDataModel CONTROLLER_TABLE = controllers(false);

    /// As [#CONTROLLER_TABLE], for an agent that makes its connections itself.
    static final SupportedDataModel DIALLED_CONTROLLER_TABLE = controllers(true);

    private static SupportedDataModel controllers(boolean dialled) {
        Map<String, Set<String>> backed = new HashMap<>(Map.of(
                LOCAL_AGENT,
                Set.of("ControllerNumberOfEntries"),
                CONTROLLER,
                Set.of(
                        "",
                        "Alias",
                        "EndpointID",
                        "ControllerCode",
                        "ProvisioningCode",
                        "Enable",
                        "PeriodicNotifInterval",
                        "PeriodicNotifTime",
                        "USPNotifRetryMinimumWaitInterval",
                        "USPNotifRetryIntervalMultiplier",
                        "MTPNumberOfEntries",
                        "BootParameterNumberOfEntries",
                        "OnBoardingComplete",
                        "OnBoardingRestartTime",
                        "AssignedRole",
                        "InheritedRole",
                        "Credential",
                        "SendOnBoardRequest()"),
                CONTROLLER_MTP,
                Set.of("Alias", "Enable", "Protocol", "Order"),
                CONTROLLER_MTP + "WebSocket.",
                Set.of("Host", "Port", "Path", "EnableEncryption"),
                CONTROLLER_MTP + "MQTT.",
                Set.of("Topic"),
                CONTROLLER_MTP + "STOMP.",
                Set.of("Destination"),
                BOOT_PARAMETER,
                Set.of("Alias", "Enable", "ParameterName")));
        if (dialled) {
            backed.put(CONTROLLER_MTP, Set.of("", "Alias", "Enable", "Protocol", "Order"));
            backed.put(
                    CONTROLLER_MTP + "WebSocket.",
                    Set.of(
                            "Host",
                            "Port",
                            "Path",
                            "EnableEncryption",
                            "SessionRetryMinimumWaitInterval",
                            "SessionRetryIntervalMultiplier"));
            backed.put(CONTROLLER_MTP + "MQTT.", Set.of("Topic", "AgentMTPReference"));
            backed.put(CONTROLLER_MTP + "STOMP.", Set.of("Destination", "Reference"));
            backed.put(CONTROLLER_MTP + "UDS.", Set.of("UnixDomainSocketRef", "USPServiceRef"));
        }
        return of(backed, dialled ? Set.of() : Set.of(CONTROLLER_MTP));
    }

    static final SupportedDataModel CERTIFICATE = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("CertificateNumberOfEntries", "SupportedFingerprintAlgorithms", "AddCertificate()"),
                    CONTROLLER,
                    Set.of("AddMyCertificate()"),
                    CERTIFICATES + "{i}.",
                    Set.of("Alias", "Enable", "SerialNumber", "Issuer", "Delete()", "GetFingerprint()")),
            Set.of());

    static final SupportedDataModel TRUST = of(
            Map.of(
                    AccessControl.TRUST,
                    Set.of(
                            "UntrustedRole",
                            "BannedRole",
                            "SecuredRoles",
                            "TOFUAllowed",
                            "TOFUInactivityTimer",
                            "RoleNumberOfEntries",
                            "CredentialNumberOfEntries",
                            "ChallengeNumberOfEntries",
                            "RequestChallenge()",
                            "ChallengeResponse()"),
                    AccessControl.TRUST + "Credential.{i}.",
                    Set.of("Alias", "Enable", "Role", "Credential", "AllowedUses"),
                    AccessControl.TRUST + "Challenge.{i}.",
                    Set.of(
                            "Alias",
                            "Description",
                            "Role",
                            "Enable",
                            "Type",
                            "Value",
                            "ValueType",
                            "Instruction",
                            "InstructionType",
                            "Retries",
                            "LockoutPeriod"),
                    AccessControl.ROLES + "{i}.",
                    Set.of("Alias", "Enable", "Name", "PermissionNumberOfEntries"),
                    AccessControl.ROLES + "{i}.Permission.{i}.",
                    Set.of("Alias", "Enable", "Order", "Targets", "Param", "Obj", "InstantiatedObj", "CommandEvent")),
            Set.of());

    static final SupportedDataModel SESSION = of(
            Map.of(
                    CONTROLLER + "E2ESession.",
                    Set.of(
                            "SessionMode",
                            "Status",
                            "SessionExpiration",
                            "SessionRetryMinimumWaitInterval",
                            "SessionRetryIntervalMultiplier",
                            "CurrentRetryCount",
                            "MaxUSPRecordSize",
                            "MaxRetransmitTries",
                            "PayloadSecurity",
                            "Reset()")),
            Set.of());

    public static final SupportedDataModel SUBSCRIPTION = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("SubscriptionNumberOfEntries"),
                    SUBSCRIPTIONS + "{i}.",
                    Set.of(
                            "Alias",
                            "Enable",
                            "Recipient",
                            "TriggerAction",
                            "TriggerConfigSettings",
                            "ID",
                            "CreationDate",
                            "NotifType",
                            "ReferenceList",
                            "Persistent",
                            "TimeToLive",
                            "NotifRetry",
                            "NotifExpiration")),
            Set.of());

    static final SupportedDataModel REQUEST = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("RequestNumberOfEntries"),
                    REQUESTS + "{i}.",
                    Set.of("Alias", "Originator", "Command", "CommandKey", "Status", "Cancel()")),
            Set.of());

    static final SupportedDataModel THRESHOLD = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("ThresholdNumberOfEntries", "SupportedThresholdOperator"),
                    THRESHOLDS + "{i}.",
                    Set.of(
                            "Alias",
                            "Enable",
                            "OperatingMode",
                            "ReferencePath",
                            "ThresholdParam",
                            "ThresholdOperator",
                            "ThresholdValue",
                            "Controller",
                            "Triggered!")),
            Set.of());

    static final SupportedDataModel WATCHDOG = of(
            Map.of(
                    LOCAL_AGENT,
                    Set.of("WatchdogNumberOfEntries"),
                    WATCHDOGS + "{i}.",
                    Set.of(
                            "Alias",
                            "Enable",
                            "ReloadTimerValue",
                            "RemainingTimerValue",
                            "Status",
                            "Reference",
                            "SeverityIndication",
                            "Controller",
                            "Reset()",
                            "Watchdog!")),
            Set.of());

    private LocalAgentModel() {}

    private static SupportedDataModel of(Map<String, Set<String>> backed, Set<String> shownOnly) {
        SupportedDataModel kept = GatewayModel.load()
                .restrictedTo(
                        (path, element) -> backed.getOrDefault(path, Set.of()).contains(element));
        return SupportedDataModel.of(
                kept.uri(),
                kept.objects().stream()
                        .map(object -> shownOnly.stream().anyMatch(object.path()::startsWith)
                                ? shownOnly(object)
                                : adjusted(object))
                        .toList());
    }

    private static ObjectDefinition shownOnly(ObjectDefinition object) {
        return with(object, ObjectAccess.READ_ONLY, ParameterAccess.READ_ONLY, Set.of());
    }

    private static ObjectDefinition adjusted(ObjectDefinition object) {
        return switch (object.path()) {
            case CONTROLLER -> with(object, object.access(), ParameterAccess.WRITE_ONCE, Set.of("EndpointID"));
            // TR-181 forbids to change it once it has a value, in words rather than in its access.
            case SUBSCRIPTIONS + "{i}." ->
                with(object, object.access(), ParameterAccess.WRITE_ONCE, Set.of("ReferenceList"));
            default -> object;
        };
    }

    /// @param parameters those whose access changes; all where it is empty
    private static ObjectDefinition with(
            ObjectDefinition object, ObjectAccess access, ParameterAccess parameterAccess, Set<String> parameters) {
        return new ObjectDefinition(
                object.path(),
                access,
                object.uniqueKeys(),
                object.parameters().stream()
                        .map(parameter -> parameters.isEmpty() || parameters.contains(parameter.name())
                                ? with(parameter, parameterAccess)
                                : parameter)
                        .toList(),
                object.commands(),
                object.events(),
                object.description());
    }

    private static ParameterDefinition with(ParameterDefinition parameter, ParameterAccess access) {
        return new ParameterDefinition(
                parameter.name(),
                parameter.type(),
                access,
                parameter.reference(),
                parameter.defaultValue(),
                parameter.secured(),
                parameter.notification(),
                parameter.description());
    }
}
