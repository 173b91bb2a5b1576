using PinnSweep.Methods.Optimizers.Parts;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Methods.Optimizers;

/// <summary>
/// Self-scaled Broyden: τ and φ by <see cref="SelfScaling.Broyden"/>. The steps are those of <see cref="DenseQuasiNewton"/>.
/// </summary>
internal static class SelfScaledBroyden
{
    /// <summary>The catalog's entry.</summary>
    public static OptimizerEntry Entry { get; } = new(
        new(
            Factor.Optimizer,
            "ssbroyden",
            "Broyden's family with a dense inverse Hessian, scaled before each update; strong Wolfe line search; at most 6,000 parameters",
            "Urbán, Stefanou, Pons, arXiv 2405.04230; Al-Baali, Comput. Optim. Appl. 9 (1998) 191, doi 10.1023/A:1018315205474",
            [DenseQuasiNewton.First]),
        (context, level) => new DenseQuasiNewton(context, level, SelfScaling.Broyden))
    {
        Needs = _ => DenseQuasiNewton.Needs,
    };
}
