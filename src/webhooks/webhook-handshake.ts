/** How a sender makes sure that an endpoint is willing. Apart from Okta's, a check is answered only if it is signed as events are. */
export enum WebhookHandshake {
  /** Zoom's `endpoint.url_validation`. The answer is made with the secret that signs events. */
  ZOOM = 'zoom',
  /** Slack's `url_verification`. */
  SLACK = 'slack',
  /** Okta's verification by GET, which nobody signs; the route takes GET, too. */
  OKTA = 'okta',
  /** Confirmation of a subscription of Amazon SNS, by a request to SNS; for topics that `Requirement.pointer('/TopicArn', ...)` names. */
  AWS_SNS = 'aws-sns',
  /** Discord's PING. */
  DISCORD = 'discord',
}
