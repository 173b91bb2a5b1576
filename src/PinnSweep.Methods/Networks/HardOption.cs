using PinnSweep.Problems.HardConstraints;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Networks;

/// <summary>The option of every network to keep conditions by construction (<see cref="HardConstraint"/>).</summary>
internal static class HardOption
{
    /// <summary>The parameter.</summary>
    public static Parameter<bool> Option { get; } = MethodParameters.Flag(
        "hard",
        standard: false,
        "keep conditions exactly by the problem's ansatz u = g + m N; their terms leave the loss (Lagaris, Likas, Fotiadis 1998)");

    /// <summary>The entry with the option to keep conditions by construction.</summary>
    public static NetworkEntry Of(NetworkEntry entry) => entry with
    {
        Method = entry.Method with
        {
            Parameters =
            [
                .. entry.Method.Parameters,
                Option,
            ],
        },
        Adapt = (level, problem) => entry.Adapt(level, problem) is var adapted && IsOn(level) ? HardConstraint.Apply(adapted) : adapted,
        WhyNotApplicable = (level, problem) => entry.WhyNotApplicable(level, problem) ?? (!IsOn(level) ? null
            : problem.Ansatz.IsEmpty ? "hard constraints need an ansatz, which this problem does not declare"
            : entry.FitsHead(level) ? "its head is fitted to conditions, which hard constraints take out of the loss"
            : null),
    };

    /// <summary>Whether a network keeps conditions by construction.</summary>
    public static bool IsOn(Level network) => Option.Of(network, otherwise: false);
}
