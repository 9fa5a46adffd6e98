import icon from "../theme/icon.svg";

/** The portal's sign. */
export function BrandMark() {
  return <img src={icon} width={24} height={24} alt="" />;
}
