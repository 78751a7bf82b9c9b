import KubeSim

extension Scenario {
  /// The scenario that `kubesim` plays when it is told nothing: a Deployment behind a Service is
  /// rolled to a new image, then to one that cannot be pulled, then undone.
  ///
  /// - Throws: never in a released version; the text is checked by a test.
  public static func builtIn() throws(APIError) -> Scenario {
    let manifests = try Manifest.all(inText: builtInText, file: "built-in scenario")
    return try Scenario(manifests[0])
  }

  /// The file of ``builtIn()``, to start one's own from.
  public static let builtInText = """
    apiVersion: kubesim.dev/v1alpha1
    kind: Scenario
    metadata:
      name: rolling-update
    spec:
      description: A Deployment is rolled to a new image, to one that cannot be pulled, then undone.
      duration: 100s
      nodes:
        - count: 3
      steps:
        - at: 0s
          apply:
            - apiVersion: v1
              kind: Service
              metadata:
                name: web
              spec:
                selector: {app: web}
                ports:
                  - port: 80
            - apiVersion: apps/v1
              kind: Deployment
              metadata:
                name: web
              spec:
                replicas: 3
                strategy:
                  rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
                selector:
                  matchLabels: {app: web}
                template:
                  metadata:
                    labels: {app: web}
                    annotations:
                      # How the containers behave; without this they start at once and run for ever.
                      kubesim.dev/behavior: |
                        web:
                          pull: {for: 2s}
                          probes:
                            readiness: [{for: 3s, result: failure}, {result: success}]
                          stop: {after: 2s}
                  spec:
                    containers:
                      - name: web
                        image: web:1.0
                        ports:
                          - containerPort: 80
                        readinessProbe:
                          httpGet: {path: /ready, port: 80}
                          periodSeconds: 1
        - at: 20s
          setImage: {target: {kind: Deployment, name: web}, container: web, image: "web:2.0"}
        - at: 55s
          patch:
            target: {kind: Deployment, name: web}
            type: strategic
            patch:
              spec:
                template:
                  metadata:
                    annotations:
                      kubesim.dev/behavior: |
                        web:
                          pull: {fail: true}
                  spec:
                    containers:
                      - {name: web, image: "web:2.0-typo"}
        - at: 80s
          rollout: {action: undo, target: {kind: Deployment, name: web}}

    """
}
