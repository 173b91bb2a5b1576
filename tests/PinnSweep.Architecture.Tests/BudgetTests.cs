using Mono.Cecil;
using Mono.Cecil.Rocks;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Architecture.Tests;

/// <summary>
/// A finished trial goes on with more steps because its methods do not know how many there are. Whoever gives a method the budget has to
/// think of that: the method says why it is begun anew, and stands in this list.
/// </summary>
public sealed class BudgetTests
{
    /// <summary>Gives advice before a training, and no number to it.</summary>
    private static readonly string[] Allowed = ["OptimizerEntry"];

    [Fact]
    public void No_method_knows_its_budget()
    {
        using var assembly = AssemblyDefinition.ReadAssembly(RepositoryPaths.BuildOutput("PinnSweep.Methods", "PinnSweep.Methods.dll"));
        var knowing = assembly.MainModule.GetAllTypes()
            .Where(type => type.Methods.Any(KnowsBudget) || type.Fields.Any(field => IsBudget(field.FieldType)))
            .Select(type => Outermost(type).Name)
            .Distinct();

        Assert.Equal(Allowed, knowing);
    }

    private static bool KnowsBudget(MethodDefinition method) =>
        method.Parameters.Any(parameter => IsBudget(parameter.ParameterType))
        || (method.HasBody && method.Body.Instructions.Any(instruction => instruction.Operand is MethodReference called && (IsBudget(called.DeclaringType) || IsBudget(called.ReturnType))));

    private static bool IsBudget(TypeReference type) => type.FullName == "PinnSweep.Studies.Trials.Budget";

    private static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
