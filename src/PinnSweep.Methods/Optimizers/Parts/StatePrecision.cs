using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Methods.Optimizers.Parts;

/// <summary>
/// The parameter <c>state</c>: whether what an optimizer keeps from step to step is rounded as θ is. A PyTorch user's float32 has moments,
/// momenta and pairs of L-BFGS in single precision too, where rounding of small gradients and of slow averages hurts more; keeping them in
/// double is milder.
/// </summary>
/// <remarks>
/// θ itself is rounded to single after every step under float32, whatever the state. Optimizers whose authors keep their matrix in double
/// (ssbfgs and ssbroyden: SciPy), or that keep no vector at all (levenberg-marquardt, natural-gradient), have no such parameter, nor have
/// the weights that balancers train: those are kept in double.
/// </remarks>
internal static class StatePrecision
{
    /// <summary>The parameter.</summary>
    public static Parameter<Kept> Parameter { get; } = MethodParameters.Choice(
        "state",
        "what is kept from step to step: precision (rounded as θ is, so in single precision under float32, as in PyTorch) or double (milder than PyTorch's float32)",
        Kept.Precision,
        Kept.Double) with
    {
        Absent = ChoiceWords.ToValue(Kept.Double),
    };

    /// <summary>Whether the state is single.</summary>
    public static bool IsSingle(OptimizerContext context, Level level) => context.RoundToSingle && Parameter.Of(level) != Kept.Double;

    /// <summary>The precision of what is kept.</summary>
    public enum Kept
    {
        Precision,
        Double,
    }
}
