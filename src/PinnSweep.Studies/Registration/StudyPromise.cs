using System.Collections.Immutable;
using PinnSweep.Studies.Planning;

namespace PinnSweep.Studies.Registration;

/// <summary>What a study promises before it is trained: which trials, by which rules they are judged, and what its author expects.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Plan">The hash of its plan.</param>
/// <param name="Hypotheses">In its author's words.</param>
/// <param name="Rules">Rule by rule.</param>
public sealed record StudyPromise(string Study, string Plan, ImmutableArray<string> Hypotheses, ImmutableArray<PromisedRule> Rules)
{
    /// <summary>The promise of a plan.</summary>
    public static StudyPromise Of(StudyPlan plan) => new(plan.Spec.Name, plan.Hash, plan.Spec.Hypotheses, PromisedRules.Of(plan));

    /// <summary>
    /// What another promise of the same study says otherwise, one line a rule; empty where it says the same. Plans may differ although no
    /// rule does, as where another version of the program gives a word another meaning.
    /// </summary>
    public ImmutableArray<string> DeviationsOf(StudyPromise now)
    {
        var names = Rules.Select(rule => rule.Name).Union(now.Rules.Select(rule => rule.Name));
        ImmutableArray<string> rules =
        [
            .. names.Select(name => PromisedRule.Difference(name, Rules.FirstOrDefault(rule => rule.Name == name), now.Rules.FirstOrDefault(rule => rule.Name == name)))
                .Append(PromisedRule.Difference("hypotheses", Of(Hypotheses), Of(now.Hypotheses)))
                .OfType<string>(),
        ];
        return rules.IsEmpty && Plan != now.Plan
            ? ["trials: the same rules plan other ones; a file that the study names, or the version of the program, is another"]
            : rules;

        static PromisedRule? Of(ImmutableArray<string> hypotheses) => hypotheses.IsEmpty ? null : new("hypotheses", hypotheses);
    }
}
