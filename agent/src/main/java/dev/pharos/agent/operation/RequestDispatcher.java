// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Requester;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.AddRequest;
import dev.pharos.usp.message.Body;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeregisterRequest;
import dev.pharos.usp.message.GetInstancesRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedDmRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.NotifyRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.RegisterRequest;
import dev.pharos.usp.message.Request;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.UspError;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each request to its handler and turns what a handler throws into an Error (R-MSG.0).
public final class RequestDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(RequestDispatcher.class);

    private final GetHandler get;
    private final SetHandler set;
    private final AddHandler add;
    private final DeleteHandler delete;
    private final OperateHandler operate;
    private final GetInstancesHandler getInstances;
    private final GetSupportedDmHandler getSupportedDm;
    private final GetSupportedProtocolHandler getSupportedProtocol = new GetSupportedProtocolHandler();
    private final AtomicBoolean defectReported = new AtomicBoolean();

    public RequestDispatcher(InstantiatedDataModel model, AsyncCommands asynchronous) {
        get = new GetHandler(model);
        set = new SetHandler(model);
        add = new AddHandler(model);
        delete = new DeleteHandler(model);
        operate = new OperateHandler(model, asynchronous);
        getInstances = new GetInstancesHandler(model);
        getSupportedDm = new GetSupportedDmHandler(model);
    }

    /// Carries a request out.
    ///
    /// @return the Response or Error; empty where the request asks for none
    public Optional<Body> answer(Request<?> request, Requester requester) {
        Body body;
        try {
            body = requester.call(() -> carryOut(request, requester));
        } catch (MessageRefusal refusal) {
            body = refusal.error();
        } catch (RuntimeException defect) {
            if (defectReported.compareAndSet(false, true)) {
                LOG.error(
                        "a defect of ours in a {}; further ones of this agent are not logged",
                        request.getClass().getSimpleName(),
                        defect);
            }
            body = new UspError(new Fault(StandardErrorCode.INTERNAL_ERROR, "a defect of the agent"));
        }
        boolean wanted = !(request instanceof OperateRequest operation) || operation.sendResponse();
        return wanted ? Optional.of(body) : Optional.empty();
    }

    private Body carryOut(Request<?> request, Requester requester) {
        return switch (request) {
            case GetRequest message -> get.handle(message, requester);
            case SetRequest message -> set.handle(message, requester);
            case AddRequest message -> add.handle(message, requester);
            case DeleteRequest message -> delete.handle(message, requester);
            case OperateRequest message -> operate.handle(message, requester);
            case GetInstancesRequest message -> getInstances.handle(message, requester);
            case GetSupportedDmRequest message -> getSupportedDm.handle(message, requester);
            case GetSupportedProtocolRequest message -> getSupportedProtocol.handle(message);
            case NotifyRequest _ -> notSupported("Notify");
            case RegisterRequest _ -> notSupported("Register");
            case DeregisterRequest _ -> notSupported("Deregister");
        };
    }

    private static UspError notSupported(String name) {
        return new UspError(new Fault(StandardErrorCode.MESSAGE_NOT_SUPPORTED, "this Agent does not take a " + name));
    }
}
