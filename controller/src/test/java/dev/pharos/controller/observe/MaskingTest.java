// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pharos.controller.observe.WireRecord.Direction;
import dev.pharos.controller.observe.WireRecord.Kind;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.policy.Secrets;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.codec.MessageCodec;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.AddResponse;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetInstancesResponse;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetResponse;
import dev.pharos.usp.message.UspError;
import dev.pharos.usp.message.UspMessage;
import dev.pharos.usp.record.RecordType;
import dev.pharos.usp.record.UspRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Secrets in every place where a caller or a hostile device can put one.
class MaskingTest {
    private static final String SECRET = "hunter22-§";
    private static final EndpointId DEVICE = EndpointId.of("self::device");
    private static final EndpointId CONTROLLER = EndpointId.of("self::pharos");
    private static final String SECURITY = "Device.WiFi.AccessPoint.1.Security.";

    private static Fault quoting() {
        return new Fault(StandardErrorCode.INVALID_VALUE, "\"" + SECRET + "\" is too short");
    }

    private static Map<String, String> secret(String name) {
        return Map.of(name, SECRET, "Alias", "cpe-1");
    }

    private static NotifyRequest notify(Notification notification) {
        return new NotifyRequest("sub", true, notification);
    }

    static Stream<Body> messages_with_a_secret() {
        ParameterSetting passphrase = new ParameterSetting("KeyPassphrase", SECRET, true);
        ParameterSetting nested = new ParameterSetting("Security.PreSharedKey", SECRET, false);
        return Stream.of(
                new SetRequest(false, List.of(new SetRequest.UpdateObject(SECURITY, List.of(passphrase)))),
                new SetRequest(
                        true, List.of(new SetRequest.UpdateObject("Device.WiFi.AccessPoint.*.", List.of(nested)))),
                new SetRequest(
                        false,
                        List.of(new SetRequest.UpdateObject(
                                "Device.WiFi.AccessPoint.[Security.KeyPassphrase==\"" + SECRET + "\"].",
                                List.of(new ParameterSetting("Enable", "true", true))))),
                new AddRequest(
                        false,
                        List.of(new AddRequest.CreateObject(
                                "Device.Users.User.", List.of(new ParameterSetting("Password", SECRET, true))))),
                // a row whose name says that its value is a secret
                new AddRequest(
                        false,
                        List.of(new AddRequest.CreateObject(
                                "Device.X_ACME_Settings.",
                                List.of(
                                        new ParameterSetting("Name", "AdminPassword", true),
                                        new ParameterSetting("Value", SECRET, true))))),
                new OperateRequest("Device.DeviceInfo.FirmwareImage.1.Download()", "k", true, secret("Password")),
                new OperateRequest(
                        "Device.DeviceInfo.FirmwareImage.1.Download()",
                        "k",
                        true,
                        Map.of("URL", "https://acme:" + SECRET + "@files.example/fw.bin")),
                new OperateRequest("Device.LocalAgent.ControllerTrust.ChallengeResponse()", "k", true, secret("Value")),
                new OperateRequest("Device.X_ACME_Login()", "password=" + SECRET, true, Map.of()),
                new GetRequest(List.of("Device.Users.User.[Password==\"" + SECRET + "\"].Username"), 0),
                new DeleteRequest(false, List.of("Device.Users.User.[Password!=\"" + SECRET + "\"].")),
                new GetResponse(List.of(new GetResponse.RequestedPathResult(
                        "Device.",
                        Optional.empty(),
                        List.of(new GetResponse.ResolvedPathResult(SECURITY, secret("SAEPassphrase")))))),
                new GetResponse(List.of(new GetResponse.RequestedPathResult(
                        "Device.",
                        Optional.empty(),
                        List.of(new GetResponse.ResolvedPathResult(
                                "Device.", Map.of("X_ACME_Config", "{\"wifi\":{\"psk\":\"" + SECRET + "\"}}")))))),
                new GetResponse(List.of(new GetResponse.RequestedPathResult(
                        "Device.X.",
                        Optional.empty(),
                        List.of(new GetResponse.ResolvedPathResult(
                                "Device.X.1.", Map.of("Key", "ApiToken", "Value", SECRET)))))),
                // a device that puts what it was told into a name
                new GetResponse(List.of(new GetResponse.RequestedPathResult(
                        "Device.",
                        Optional.empty(),
                        List.of(new GetResponse.ResolvedPathResult("Device.", Map.of("password=" + SECRET, "x")))))),
                new GetInstancesResponse(List.of(new GetInstancesResponse.RequestedPathResult(
                        "Device.X.",
                        Optional.empty(),
                        List.of(new GetInstancesResponse.CurrentInstance("Device.X.1.", secret("AuthKey")))))),
                new SetResponse(List.of(new SetResponse.UpdatedObjectResult(
                        SECURITY,
                        new SetResponse.OperationSuccess(List.of(new SetResponse.UpdatedInstanceResult(
                                SECURITY,
                                List.of(new ParameterError("KeyPassphrase", quoting())),
                                secret("PreSharedKey"))))))),
                new SetResponse(List.of(new SetResponse.UpdatedObjectResult(
                        SECURITY,
                        new SetResponse.OperationFailure(
                                new Fault(StandardErrorCode.INVALID_VALUE, "KeyPassphrase = " + SECRET),
                                List.of(new SetResponse.UpdatedInstanceFailure(
                                        SECURITY, List.of(new ParameterError("KeyPassphrase", quoting())))))))),
                new AddResponse(List.of(new AddResponse.CreatedObjectResult(
                        "Device.X.", new AddResponse.OperationSuccess("Device.X.1.", List.of(), secret("Token"))))),
                new OperateResponse(List.of(new OperateResponse.OperationResult(
                        "Device.X.Show()", new OperateResponse.OutputArgs(secret("WPS.DevicePIN"))))),
                new UspError(quoting(), List.of(new UspError.ParameterError(SECURITY + "KeyPassphrase", quoting()))),
                notify(new Notification.ValueChange(SECURITY + "KeyPassphrase", SECRET)),
                notify(new Notification.ValueChange("Device.X_ACME.Password.", SECRET)),
                notify(new Notification.ObjectCreation("Device.X.1.", secret("SharedSecret"))),
                notify(new Notification.Event(
                        "Device.",
                        "Boot!",
                        Map.of("ParameterMap", "{\"Device.ManagementServer.Password\":\"" + SECRET + "\"}"))),
                notify(new Notification.OperationComplete(
                        "Device.X.", "Show()", "k", new Notification.OutputArgs(secret("Credentials.PSK")))),
                notify(new Notification.OperationComplete(
                        "Device.X.",
                        "Login()",
                        "k",
                        new Notification.CommandFailure(
                                new Fault(StandardErrorCode.COMMAND_FAILURE, "login failed, token: " + SECRET)))));
    }

    private static WireRecord seen(Body body, SecretParameters secrets, Set<String> echoes) {
        UspMessage message = new UspMessage(new MessageId("m1"), body);
        UspRecord record =
                UspRecord.plain(CONTROLLER, DEVICE, new RecordType.NoSessionContext(MessageCodec.encode(message)));
        return WireView.of(passage(new Passage.Decoded(record, Optional.of(message))), secrets, echoes);
    }

    private static Passage passage(Passage.Content content) {
        return new Passage(
                1,
                Instant.EPOCH,
                Kind.RECORD,
                Optional.of(DEVICE),
                Direction.IN,
                new WirePlace("websocket", "127.0.0.1:1"),
                100,
                content,
                Optional.empty());
    }

    private static void assertHidden(WireRecord seen, String secret) {
        assertThat(seen.toString()).doesNotContain(secret);
        String bytes = new String(HexFormat.of().parseHex(seen.hex()), StandardCharsets.UTF_8);
        assertThat(bytes).doesNotContain(secret);
    }

    @ParameterizedTest
    @MethodSource("messages_with_a_secret")
    @Requirement("R-SEC.1")
    void a_secret_is_seen_neither_decoded_nor_as_bytes(Body body) {
        WireRecord seen = seen(body, SecretParameters.BY_NAME, Set.of());
        assertHidden(seen, SECRET);
        assertThat(seen.text()).contains(Secrets.MASK);
        assertThat(seen.note()).contains("masked");
    }

    @Test
    void what_is_no_secret_stays_as_it_is() {
        GetResponse open = new GetResponse(List.of(new GetResponse.RequestedPathResult(
                "Device.WiFi.",
                Optional.empty(),
                List.of(new GetResponse.ResolvedPathResult(
                        "Device.WiFi.SSID.1.",
                        Map.of("SSID", "Harbour", "CommandKey", "k-1", "Keyboard", "on", "Pinned", "no"))))));
        WireRecord seen = seen(open, SecretParameters.BY_NAME, Set.of());
        assertThat(seen.text()).contains("Harbour", "k-1", "\"on\"", "\"no\"").doesNotContain(Secrets.MASK);
        assertThat(seen.note()).isEmpty();
        assertThat(seen.hex())
                .contains(Bytes.ofUtf8("Device.WiFi.SSID.1.").toHex())
                .contains(Bytes.ofUtf8("Harbour").toHex());
    }

    @Test
    void a_device_that_repeats_what_was_written_to_it_does_not_uncover_it() {
        Body error = new UspError(new Fault(StandardErrorCode.INVALID_VALUE, "cannot use " + SECRET + " here"));
        assertHidden(seen(error, SecretParameters.BY_NAME, Set.of(SECRET)), SECRET);
    }

    @Test
    void parameters_that_a_model_says_can_only_be_written_are_secrets_whatever_their_name() {
        SupportedModel model = SupportedModel.of(List.of(new SupportedObject(
                "Device.X_ACME.",
                ObjectAccess.READ_ONLY,
                false,
                List.of(),
                List.of(),
                List.of(
                        new SupportedParameter(
                                "Lantern",
                                ParameterAccess.WRITE_ONLY,
                                ParameterValueType.STRING,
                                ValueChangeType.ALLOWED),
                        new SupportedParameter(
                                "Buoy",
                                ParameterAccess.READ_WRITE,
                                ParameterValueType.STRING,
                                ValueChangeType.ALLOWED)),
                List.of(),
                List.of())));
        SecretParameters secrets = SecretParameters.of(model);
        Body set = new SetRequest(
                false,
                List.of(new SetRequest.UpdateObject(
                        "Device.X_ACME.[Lantern==\"" + SECRET + "\"].",
                        List.of(
                                new ParameterSetting("lantern", SECRET, true),
                                new ParameterSetting("Buoy", "red", true)))));
        WireRecord seen = seen(set, secrets, Set.of());
        assertHidden(seen, SECRET);
        assertThat(seen.text()).contains("red");
    }

    @Test
    void nothing_is_shown_where_nobody_knows_what_is_secret() {
        Body body = notify(new Notification.ValueChange("Device.X.Buoy", "red-and-white"));
        assertHidden(seen(body, SecretParameters.EVERYTHING, Set.of()), "red-and-white");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password=§",
                "PASSWORD: §",
                "user=admin&password=§&x=1",
                "{\"password\":\"§\"}",
                "{\"adminPassword\" : \"a\\\"§\"}",
                "{\\\"password\\\":\\\"§\\\"}",
                "{\\\"password\\\":\\\"a\\\\\\\"§\\\"}",
                "{'secret':'§'}",
                "{\"Device.WiFi.AccessPoint.1.Security.KeyPassphrase\":\"§\"}",
                "<Password>§</Password>",
                "<Password xsi:type=\"string\">§</Password>",
                "Authorization: Basic §",
                "authorization=Bearer §",
                "psk = \"§\"",
                "[PreSharedKey!='§']",
                "https://user:§@example.net/",
                "a;ftp://u:§@h b",
                "-----BEGIN PRIVATE KEY-----\n§\n-----END PRIVATE KEY-----",
                "-----BEGIN EC PRIVATE KEY-----\n§",
                "password='§"
            })
    void secrets_within_texts_are_found(String shape) {
        String secret = "hunter22";
        assertThat(SecretParameters.BY_NAME.masked(shape.replace("§", secret)))
                .doesNotContain(secret)
                .contains(Secrets.MASK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "the keyboard is plugged in",
                "https://example.net:8080/a?b=c",
                "Device.WiFi.SSID.1.SSID",
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
                "password",
                "password="
            })
    void ordinary_texts_stay_as_they_are(String text) {
        assertThat(SecretParameters.BY_NAME.masked(text)).isEqualTo(text);
    }

    @Test
    void no_text_of_a_device_takes_long_or_breaks_the_search() {
        for (String part : List.of(
                "a",
                "\\",
                "\"",
                "password=\"\\",
                "password",
                "password ",
                "://",
                "a:b@",
                "<password ",
                "-----BEGIN ",
                "password=\"\\\"",
                "key=",
                "'")) {
            String text = part.repeat(65_536 / part.length());
            assertThatCode(() -> SecretParameters.BY_NAME.masked(text)).as(part).doesNotThrowAnyException();
            long start = System.nanoTime();
            assertThat(SecretParameters.BY_NAME.masked(text)).isNotNull();
            // generous: a search that is not linear takes minutes
            assertThat(Duration.ofNanos(System.nanoTime() - start)).as(part).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void of_bytes_that_cannot_be_read_only_the_beginning_is_seen() {
        Bytes bytes = Bytes.ofUtf8("password=" + SECRET);
        WireRecord record =
                WireView.of(passage(new Passage.Unreadable(bytes.slice(0, 8))), SecretParameters.BY_NAME, Set.of());
        assertThat(record.hex()).isEqualTo(Bytes.ofUtf8("password").toHex());
        assertThat(record.note()).contains("the first 8 of 100");
        UspRecord withoutMessage = UspRecord.plain(CONTROLLER, DEVICE, new RecordType.NoSessionContext(bytes));
        WireRecord unread = WireView.of(
                passage(new Passage.Decoded(withoutMessage, Optional.empty())), SecretParameters.BY_NAME, Set.of());
        assertThat(unread.text()).contains("self::device").doesNotContain("hunter");
        assertHidden(unread, "hunter");
    }

    @Test
    void a_goodbye_is_masked_too() {
        UspRecord goodbye = UspRecord.plain(CONTROLLER, DEVICE, new RecordType.Disconnect("password=" + SECRET, 7105));
        assertHidden(
                WireView.of(
                        passage(new Passage.Decoded(goodbye, Optional.empty())), SecretParameters.BY_NAME, Set.of()),
                SECRET);
    }

    /// What the definitions of our own gateway call secured is known by name.
    @Test
    void every_secured_parameter_of_the_gateway_is_a_secret() throws Exception {
        List<String> secured = GatewayModel.load().objects().stream()
                .flatMap(object -> object.parameters().stream()
                        .filter(parameter -> parameter.secured())
                        .map(parameter -> object.path() + parameter.name()))
                .toList();
        assertThat(secured).isNotEmpty().allMatch(Secrets::isSecret);
    }
}
