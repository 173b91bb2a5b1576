namespace PinnSweep.Studies.Catalogs;

/// <summary>The words of study files for <see cref="Factor"/>.</summary>
public static class FactorWords
{
    /// <summary>All factors in the order of a trial's description.</summary>
    public static IReadOnlyList<Factor> All { get; } = Enum.GetValues<Factor>();

    /// <summary><c>problem</c>, <c>network</c>, <c>balancer</c>, <c>sampler</c>, <c>optimizer</c>, <c>time</c>, <c>precision</c>.</summary>
    public static string ToWord(this Factor factor) => factor.ToString().ToLowerInvariant();

    /// <summary>All methods of a factor in one word: <c>problems</c>, …, <c>precisions</c>; <c>time</c> is one already.</summary>
    public static string ToPlural(this Factor factor) => factor == Factor.Time ? factor.ToWord() : $"{factor.ToWord()}s";

    /// <summary>The inverse of <see cref="ToWord"/>; null for any other word.</summary>
    public static Factor? FromWord(string word) => All.Where(factor => factor.ToWord() == word).Select(factor => (Factor?)factor).FirstOrDefault();
}
