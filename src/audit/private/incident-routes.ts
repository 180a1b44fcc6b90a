import { ACTION_SCHEMA, REPORT_SCHEMA } from './incident-schemas';
import { HttpMethod, Integration, Route } from '../../api';
import { HandlerConstruct } from '../../functions/handler-construct';
import { IncidentIntakeProps } from '../incident-intake-props';

/** The route of reports, then those of responders. */
export function addRoutes(
  { api, path = '/incidents', reporters, responders }: IncidentIntakeProps, intake: HandlerConstruct, desk: HandlerConstruct,
): Route[] {
  const integration = Integration.lambdaFunction(desk.function);
  return [
    api.addRoute(HttpMethod.POST, path, { integration: Integration.lambdaFunction(intake.function), authorization: reporters, body: REPORT_SCHEMA }),
    api.addRoute(HttpMethod.GET, `${path}/{incidentId}`, { integration, authorization: responders }),
    api.addRoute(HttpMethod.POST, `${path}/{incidentId}/actions`, { integration, authorization: responders, body: ACTION_SCHEMA }),
  ];
}
