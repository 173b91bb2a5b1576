using System.Globalization;
using System.Text;
using PinnSweep.Jets.Expressions;
using PinnSweep.Jets.Networks;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Jets.Engines.Packs;

/// <summary>
/// What must agree for passes of several lanes to run as one program: the graph with its widths and places in θ, the precision, the residual
/// program. Numbers that are data (fixed matrices, maps of coordinates, constants, θ, points) may differ.
/// </summary>
public static class PackForm
{
    /// <summary>Of a network.</summary>
    public static string Of(NetworkGraph network, Precision precision, int coefficients)
    {
        var form = new StringBuilder(FormattableString.Invariant($"{precision} {coefficients}"));
        foreach (var node in network.Nodes)
        {
            form.Append(CultureInfo.InvariantCulture, $";{Node(node)}");
        }

        return form.ToString();
    }

    /// <summary>Of a residual program.</summary>
    public static string Of(ResidualProgram program)
    {
        var form = new StringBuilder(FormattableString.Invariant($"{Of(program.Layout)} {program.Outputs} {program.Coefficients} {program.Columns.Length} {(program.Across is null ? 0 : 1)}"));
        foreach (var instruction in program.Instructions)
        {
            form.Append(CultureInfo.InvariantCulture, $";{instruction.Op} {instruction.A} {instruction.B}");
        }

        return form.Append(CultureInfo.InvariantCulture, $"={string.Join(' ', program.Results)}").ToString();
    }

    /// <summary>Of the channels of a jet.</summary>
    public static string Of(JetLayout layout) =>
        $"{layout.InputDimension}:{string.Join(',', layout.Directions.Select(direction => FormattableString.Invariant($"{string.Join('/', direction.Components.Select(part => part.ToString("R", CultureInfo.InvariantCulture)))}^{direction.Order}")))}";

    private static string Node(Node node) => node switch
    {
        Networks.Node.Input => Words($"input {node.Width}"),
        Networks.Node.Dense dense => Words($"dense {dense.Source} {dense.Width} {dense.WeightOffset} {dense.BiasOffset} {dense.ScaleOffset}"),
        Networks.Node.FixedLinear linear => Words($"fixed {linear.Source} {linear.Width}"),
        Networks.Node.Activation activation => Words($"{activation.Kind} {activation.Source} {activation.Width} {activation.SlopeOffset} {activation.SlopeCount}"),
        Networks.Node.CosSin waves => Words($"cossin {waves.Source} {waves.Width}"),
        Networks.Node.Gate gate => Words($"gate {gate.G} {gate.U} {gate.V} {gate.Width}"),
        Networks.Node.Blend blend => Words($"blend {blend.F} {blend.H} {blend.AlphaOffset} {blend.Width}"),
        Networks.Node.Add sum => Words($"add {sum.A} {sum.B} {sum.Width}"),
        Networks.Node.Multiply product => Words($"multiply {product.A} {product.B} {product.Width}"),
        Networks.Node.Concat both => Words($"concat {both.A} {both.B} {both.Width}"),
        _ => throw new NotSupportedException($"no form of a network node of kind {node.GetType().Name}"),
    };

    private static string Words(FormattableString words) => FormattableString.Invariant(words);
}
