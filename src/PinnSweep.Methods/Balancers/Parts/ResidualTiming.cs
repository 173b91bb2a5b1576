using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Balancers.Parts;

/// <summary>
/// From which residuals a step's weights of points come, declared by the parameter <c>residuals</c>: <c>current</c>, as the papers have it,
/// costs one more forward pass over the points; <c>previous</c> uses those of the step before and costs nothing.
/// </summary>
internal static class ResidualTiming
{
    public static Parameter<Step> Parameter { get; } = MethodParameters.Choice(
        "residuals",
        "weights follow the current residuals (papers; one more forward pass) or those of the previous step",
        Step.Current,
        Step.Previous);

    public static bool IsCurrent(Level level) => Parameter.Of(level) == Step.Current;

    /// <summary>The step whose residuals count.</summary>
    public enum Step
    {
        Current,
        Previous,
    }
}
