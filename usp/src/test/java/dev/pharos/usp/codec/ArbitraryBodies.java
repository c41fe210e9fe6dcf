// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.codec;

import dev.pharos.usp.ErrorCode;
import dev.pharos.usp.Fault;
import dev.pharos.usp.message.*;
import dev.pharos.usp.message.GetSupportedDmResponse.CommandType;
import dev.pharos.usp.message.GetSupportedDmResponse.ObjectAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterAccess;
import dev.pharos.usp.message.GetSupportedDmResponse.ParameterValueType;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedCommand;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedEvent;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import dev.pharos.usp.message.GetSupportedDmResponse.UniqueKeySet;
import dev.pharos.usp.message.GetSupportedDmResponse.ValueChangeType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// Makes any body there can be from a stream of random numbers: all kinds, empty and long parts, texts of one
/// to four bytes a character.
final class ArbitraryBodies {
    private static final String[] ALPHABET = {"a", "Z", "0", ".", "\"", "\n", "\0", "é", "ß", "漢", "€", "\uFFFD", "😀"};

    private final Random random;

    ArbitraryBodies(long seed) {
        this.random = new Random(seed);
    }

    UspMessage message() {
        return new UspMessage(new MessageId("m" + text()), body());
    }

    private Body body() {
        return switch (random.nextInt(23)) {
            case 0 -> new UspError(fault(), list(() -> new UspError.ParameterError(text(), fault())));
            case 1 -> new GetRequest(texts(), random.nextInt() >>> 1);
            case 2 -> getResponse();
            case 3 -> new GetSupportedDmRequest(texts(), flag(), flag(), flag(), flag(), flag());
            case 4 -> supportedDmResponse();
            case 5 -> new GetInstancesRequest(texts(), flag());
            case 6 -> instancesResponse();
            case 7 -> new SetRequest(flag(), list(() -> new SetRequest.UpdateObject(text(), list(this::setting))));
            case 8 -> setResponse();
            case 9 -> new AddRequest(flag(), list(() -> new AddRequest.CreateObject(text(), list(this::setting))));
            case 10 -> addResponse();
            case 11 -> new DeleteRequest(flag(), texts());
            case 12 -> deleteResponse();
            case 13 -> new OperateRequest(text(), text(), flag(), map());
            case 14 -> new OperateResponse(list(() -> new OperateResponse.OperationResult(text(), outcome())));
            case 15 -> new NotifyRequest(text(), flag(), notification());
            case 16 -> new NotifyResponse(text());
            case 17 -> new GetSupportedProtocolRequest(text());
            case 18 -> new GetSupportedProtocolResponse(text());
            case 19 -> new RegisterRequest(flag(), texts());
            case 20 -> registerResponse();
            case 21 -> new DeregisterRequest(texts());
            default -> deregisterResponse();
        };
    }

    private GetResponse getResponse() {
        return new GetResponse(list(() -> new GetResponse.RequestedPathResult(
                text(), maybeFault(), list(() -> new GetResponse.ResolvedPathResult(text(), map())))));
    }

    private GetInstancesResponse instancesResponse() {
        return new GetInstancesResponse(list(() -> new GetInstancesResponse.RequestedPathResult(
                text(), maybeFault(), list(() -> new GetInstancesResponse.CurrentInstance(text(), map())))));
    }

    private GetSupportedDmResponse supportedDmResponse() {
        return new GetSupportedDmResponse(list(() -> new GetSupportedDmResponse.RequestedObjectResult(
                text(), maybeFault(), text(), list(this::supportedObject))));
    }

    private SupportedObject supportedObject() {
        return new SupportedObject(
                text(),
                any(ObjectAccess.values()),
                flag(),
                list(() -> new SupportedCommand(text(), texts(), texts(), any(CommandType.values()))),
                list(() -> new SupportedEvent(text(), texts())),
                list(() -> new SupportedParameter(
                        text(),
                        any(ParameterAccess.values()),
                        any(ParameterValueType.values()),
                        any(ValueChangeType.values()))),
                texts(),
                list(() -> new UniqueKeySet(texts())));
    }

    private SetResponse setResponse() {
        return new SetResponse(list(() -> new SetResponse.UpdatedObjectResult(
                text(),
                flag()
                        ? new SetResponse.OperationFailure(
                                fault(), list(() -> new SetResponse.UpdatedInstanceFailure(text(), list(this::error))))
                        : new SetResponse.OperationSuccess(
                                list(() -> new SetResponse.UpdatedInstanceResult(text(), list(this::error), map()))))));
    }

    private AddResponse addResponse() {
        return new AddResponse(list(() -> new AddResponse.CreatedObjectResult(
                text(),
                flag()
                        ? new AddResponse.OperationFailure(fault())
                        : new AddResponse.OperationSuccess(text(), list(this::error), map()))));
    }

    private DeleteResponse deleteResponse() {
        return new DeleteResponse(list(() -> new DeleteResponse.DeletedObjectResult(
                text(),
                flag()
                        ? new DeleteResponse.OperationFailure(fault())
                        : new DeleteResponse.OperationSuccess(
                                texts(), list(() -> new DeleteResponse.UnaffectedPathError(text(), fault()))))));
    }

    private RegisterResponse registerResponse() {
        return new RegisterResponse(list(() -> new RegisterResponse.RegisteredPathResult(
                text(),
                flag()
                        ? new RegisterResponse.OperationFailure(fault())
                        : new RegisterResponse.OperationSuccess(text()))));
    }

    private DeregisterResponse deregisterResponse() {
        return new DeregisterResponse(list(() -> new DeregisterResponse.DeregisteredPathResult(
                text(),
                flag()
                        ? new DeregisterResponse.OperationFailure(fault())
                        : new DeregisterResponse.OperationSuccess(texts()))));
    }

    private OperateResponse.OperationOutcome outcome() {
        return switch (random.nextInt(3)) {
            case 0 -> new OperateResponse.RequestObject(text());
            case 1 -> new OperateResponse.OutputArgs(map());
            default -> new OperateResponse.CommandFailure(fault());
        };
    }

    private Notification notification() {
        return switch (random.nextInt(6)) {
            case 0 -> new Notification.Event(text(), text(), map());
            case 1 -> new Notification.ValueChange(text(), text());
            case 2 -> new Notification.ObjectCreation(text(), map());
            case 3 -> new Notification.ObjectDeletion(text());
            case 4 ->
                new Notification.OperationComplete(
                        text(),
                        text(),
                        text(),
                        flag() ? new Notification.OutputArgs(map()) : new Notification.CommandFailure(fault()));
            default -> new Notification.OnBoardRequest(text(), text(), text(), text());
        };
    }

    private ParameterSetting setting() {
        return new ParameterSetting(text(), text(), flag());
    }

    private ParameterError error() {
        return new ParameterError(text(), fault());
    }

    private Fault fault() {
        return new Fault(ErrorCode.of(random.nextInt(7000, 8000)), text());
    }

    private Optional<Fault> maybeFault() {
        return flag() ? Optional.of(fault()) : Optional.empty();
    }

    private Map<String, String> map() {
        Map<String, String> map = new LinkedHashMap<>();
        for (int count = size(); count > 0; count--) {
            map.put(text(), text());
        }
        return map;
    }

    private List<String> texts() {
        return list(this::text);
    }

    private <T> List<T> list(Supplier<T> item) {
        List<T> list = new ArrayList<>();
        for (int count = size(); count > 0; count--) {
            list.add(item.get());
        }
        return list;
    }

    private int size() {
        return random.nextInt(10) == 0 ? random.nextInt(12) : random.nextInt(4);
    }

    /// Half of the texts are ASCII; the lengths reach over those at which a length takes one byte more.
    private String text() {
        int length = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(20);
        int letters = flag() ? 7 : ALPHABET.length;
        StringBuilder text = new StringBuilder();
        for (int index = 0; index < length; index++) {
            text.append(ALPHABET[random.nextInt(letters)]);
        }
        return text.toString();
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private boolean flag() {
        return random.nextBoolean();
    }
}
