import KubeControllers
import KubeModel
import SimulationKernel
import Testing

/// What bounds, rates and recent recommendations make of a proposal.
@Suite struct ScalingLimitsTests {
  private func limits(
    _ current: Int32, min least: Int32 = 1, max greatest: Int32 = 2000,
    up: HPAScalingRules? = nil, down: HPAScalingRules? = nil,
    _ change: (inout ScalingLimits) -> Void = { _ in }
  ) -> ScalingLimits {
    var behavior: HorizontalPodAutoscalerBehavior?
    if up != nil || down != nil {
      behavior = HorizontalPodAutoscalerBehavior()
      behavior?.scaleUp = up
      behavior?.scaleDown = down
    }
    var limits = ScalingLimits(
      minReplicas: least, maxReplicas: greatest, current: current, behavior: behavior, now: .zero)
    change(&limits)
    return limits
  }

  private func rules(
    pods: [(Int32, Int32)] = [], percent: [(Int32, Int32)] = [],
    select: ScalingPolicySelect = .max, window: Int32? = nil
  ) -> HPAScalingRules {
    var rules = HPAScalingRules()
    rules.selectPolicy = select
    rules.stabilizationWindowSeconds = window
    func policy(_ type: HPAScalingPolicyType, _ value: Int32, _ period: Int32) -> HPAScalingPolicy {
      var policy = HPAScalingPolicy()
      (policy.type, policy.value, policy.periodSeconds) = (type, value, period)
      return policy
    }
    rules.policies =
      pods.map { policy(.pods, $0.0, $0.1) } + percent.map { policy(.percent, $0.0, $0.1) }
    return rules
  }

  /// As the server fills them in.
  private var defaultUp: HPAScalingRules { rules(pods: [(4, 15)], percent: [(100, 15)], window: 0) }

  private func ago(_ seconds: Int64, _ replicas: Int32) -> ScalingMemory.Entry {
    ScalingMemory.Entry(replicas: replicas, time: .zero - .seconds(seconds))
  }

  @Test(
    arguments: [
      (3, 1, 2, 1000, 2, "TooFewReplicas"), (20, 1000, 1, 10, 10, "TooManyReplicas"),
      (3, 1000, 1, 2000, 6, "ScaleUpLimit"), (1, 1000, 1, 2000, 4, "ScaleUpLimit"),
      (5, 7, 1, 2000, 7, "DesiredWithinRange"),
    ] as [(Int32, Int32, Int32, Int32, Int32, String)])
  func withoutRulesASizeAtMostDoublesOrGrowsToFour(
    current: Int32, wanted: Int32, least: Int32, greatest: Int32, result: Int32, reason: String
  ) {
    let decision = limits(current, min: least, max: greatest).limited(wanted)
    #expect(decision.replicas == result)
    #expect(decision.reason == reason)
  }

  @Test func theHighestRecommendationOfFiveMinutesHoldsASizeUp() {
    let recent = limits(5) { $0.memory.recommendations = [ago(120, 4), ago(60, 5)] }
    #expect(recent.stabilized(3).replicas == 5)
    let old = limits(5) { $0.memory.recommendations = [ago(600, 4), ago(601, 5)] }
    #expect(old.stabilized(3).replicas == 3)
  }

  @Test func theDefaultRulesDoubleOrAddFour() {
    #expect(limits(10, up: defaultUp).limited(50).replicas == 20)
    #expect(limits(1, up: defaultUp).limited(50).replicas == 5)
  }

  @Test func theLargestPolicyDecidesOnTheWayUp() {
    func up(_ pods: Int32?, _ percent: Int32?) -> Int32 {
      let rules = rules(
        pods: pods.map { [($0, Int32(60))] } ?? [], percent: percent.map { [($0, Int32(60))] } ?? []
      )
      return limits(10, up: rules).limited(500).replicas
    }
    #expect(up(100, 100) == 110)
    #expect(up(2, 100) == 20)
    #expect(up(30, nil) == 40)
    #expect(up(nil, 200) == 30)
  }

  @Test func theLargestPolicyDecidesOnTheWayDown() {
    func down(_ current: Int32, _ pods: Int32?, _ percent: Int32?, min least: Int32 = 1) -> Int32 {
      let rules = rules(
        pods: pods.map { [($0, Int32(60))] } ?? [], percent: percent.map { [($0, Int32(60))] } ?? []
      )
      return limits(current, min: least, down: rules).limited(least).replicas
    }
    #expect(down(1000, 20, nil) == 980)
    #expect(down(100, 20, 1) == 80)
    #expect(down(100, 2, 1) == 98)
    #expect(down(100, nil, 100, min: 5) == 5)
    #expect(down(10, 100, nil, min: 3) == 3)
  }

  @Test func whatWasAddedInThePeriodCountsAgainstIt() {
    func up(_ pods: Int32?, _ percent: Int32?) -> Int32 {
      let rules = rules(
        pods: pods.map { [($0, Int32(120))] } ?? [],
        percent: percent.map { [($0, Int32(120))] } ?? [])
      return limits(100, up: rules) { $0.memory.scaledUp = [ago(60, 15)] }.limited(1000).replicas
    }
    #expect(up(5, nil) == 100)
    #expect(up(150, nil) == 235)
    #expect(up(nil, 200) == 255)
  }

  @Test func additionsAndRemovalsOfThePeriodAreBothTakenBack() {
    let up = limits(6, up: rules(percent: [(300, 300)])) {
      $0.memory.scaledUp = [ago(60, 4)]
      $0.memory.scaledDown = [ago(30, 2)]
    }
    #expect(up.limited(50).replicas == 16)
    let down = limits(100, down: rules(percent: [(10, 300)])) {
      $0.memory.scaledDown = [ago(60, 30)]
    }
    #expect(down.limited(1).replicas == 100)
  }

  @Test func recommendationsOfBothWindowsHoldTheSize() {
    let both = rules(pods: [(100, 60)], window: 300)
    let high = limits(2, up: both, down: both) {
      $0.memory.recommendations = [ago(60, 2), ago(120, 2)]
    }
    #expect(high.stabilized(1).replicas == 2)
    let low = limits(2, up: both, down: both) { $0.memory.recommendations = [ago(60, 2)] }
    #expect(low.stabilized(3).replicas == 2)
    let rising = limits(1, up: both, down: both) {
      $0.memory.recommendations = [ago(60, 4), ago(100, 5)]
    }
    #expect(rising.stabilized(7).replicas == 4)
    #expect(rising.stabilized(7).reason == "ScaleUpStabilized")
  }

  @Test func aDisabledDirectionKeepsTheSize() {
    let off = rules(pods: [(4, 15)], select: .disabled)
    #expect(limits(3, up: off, down: off).limited(9).replicas == 3)
    #expect(limits(3, up: off, down: off).limited(9).reason == "ScaleUpLimit")
    #expect(limits(3, up: off, down: off).limited(1).replicas == 3)
    #expect(limits(3, up: off, down: off).limited(1).reason == "ScaleDownLimit")
  }

  @Test func theSmallestPolicyDecidesWhenItIsChosen() {
    let least = rules(pods: [(1, 60)], percent: [(500, 60)], select: .min)
    #expect(limits(1, up: least).limited(10).replicas == 2)
  }
}
