export {
  AbortedError,
  AuthenticationError,
  ConfigError,
  DecodeError,
  GiftCardError,
  InsufficientFundsError,
  NetworkError,
  PoNumberConflictError,
  TimeoutError,
  ValidationError,
  isGiftCardError,
  responseBody,
} from "./errors.js";
