import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as events from 'aws-cdk-lib/aws-events';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { BoundIntegration, RouteBinding } from './private/bindings';
import { eventBusIntegration } from './private/event-bus-integration';
import { queueIntegration } from './private/queue-integration';
import { stateMachineIntegration } from './private/state-machine-integration';
import { upstreamIntegration } from './private/upstream-integration';

/** How a request becomes a message. */
export interface QueueIntegrationOptions {
  /**
   * Message group of the message, a mapping expression such as `$context.authorizer.subject`. A FIFO queue needs it; another queue must not
   * have it.
   *
   * @default - messages belong to no group
   */
  readonly messageGroupId?: string;
}

/** How a request becomes an event. */
export interface EventBusIntegrationOptions {
  /** Who the event is from, for example `orders.api`; it must not start with `aws.`. */
  readonly source: string;

  /** What the event is, for example `OrderPlaced`. */
  readonly detailType: string;
}

/** What answers a route. */
export class Integration {
  /** A function, which gets the request as it is (Lambda proxy integration). The API is let invoke it for this route alone. */
  public static lambdaFunction(handler: lambda.IFunction): Integration {
    return new Integration(() => ({
      integration: new apigateway.LambdaIntegration(handler, { proxy: true, allowTestInvoke: false }), takesBytes: true,
    }));
  }

  /**
   * A queue, which gets the body as a message; the caller gets 202 and the request's id once SQS has it, and 503 if it has not.
   *
   * Message attributes say the request's id, the route and the caller.
   */
  public static queue(queue: sqs.IQueue, options: QueueIntegrationOptions = {}): Integration {
    return new Integration((route) => queueIntegration(route, queue, options));
  }

  /**
   * A state machine, started with the body as its input; the caller gets 202 and the request's id, which names the execution, and 503 if
   * it was not started.
   */
  public static stateMachine(stateMachine: sfn.IStateMachine): Integration {
    return new Integration((route) => stateMachineIntegration(route, stateMachine));
  }

  /** An event bus, which gets the body as the detail of an event; the caller gets 202 and the request's id, and 503 if EventBridge has it not. */
  public static eventBus(bus: events.IEventBus, options: EventBusIntegrationOptions): Integration {
    return new Integration((route) => eventBusIntegration(route, bus, options));
  }

  /**
   * A server inside a network, through a VPC link, which gets the request as it is (HTTP proxy integration).
   *
   * The stage shows it a client certificate, by which the server can tell that it is this API which asks. Header fields are passed on,
   * `Authorization` included.
   *
   * @param url https URL; parameters of the route's path may stand in it, `https://orders.internal/v1/{id}`
   */
  public static upstream(vpcLink: apigateway.IVpcLink, url: string): Integration {
    return new Integration((route) => upstreamIntegration(route, vpcLink, url));
  }

  private constructor(private readonly bind: (route: RouteBinding) => BoundIntegration) {}

  /** @internal */
  public _bind(route: RouteBinding): BoundIntegration {
    return this.bind(route);
  }
}
